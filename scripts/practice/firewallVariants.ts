import type { Recipe } from './recipe.ts';

// The same rules in two notations: everything incoming is dropped except SSH, answers, ping and loopback.
const nftables = (sshPort: number): string => `cat > /etc/nftables.conf << 'END'
#!/usr/sbin/nft -f
flush ruleset
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    iif "lo" accept
    ct state established,related accept
    ct state invalid drop
    meta l4proto { icmp, ipv6-icmp } accept
    tcp dport ${sshPort} accept
  }
  chain forward { type filter hook forward priority 0; policy drop; }
  chain output { type filter hook output priority 0; policy accept; }
}
END
systemctl enable --quiet nftables.service
`;

const iptables = (sshPort: number, icmp: string): string => `*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p ${icmp} -j ACCEPT
-A INPUT -p tcp --dport ${sshPort} -j ACCEPT
COMMIT`;

// firewalld takes its bus name, by which systemd calls it started, before it loads its rules: until then the server is open. It answers when they are there.
const firewalldIsStartedWithItsRules = `mkdir -p /etc/systemd/system/firewalld.service.d
printf '[Service]\nExecStartPost=sh -c "until firewall-cmd --quiet --state; do sleep 0.1; done"\n' > /etc/systemd/system/firewalld.service.d/practice.conf
`;

/** The firewalls that a practice server can have, by the name that `--firewall` takes. Each denies what comes in, except SSH, and survives a reboot. */
export const firewallVariants = {
  none: { says: 'no firewall rules (nft is installed, its service is off)' },
  nftables: { says: 'nftables by /etc/nftables.conf and its service', beforeBoot: ({ sshPort }) => nftables(sshPort) },
  ufw: {
    says: 'ufw, enabled',
    packages: ['ufw'],
    // Not in the files before booting: ufw's own command knows best what it writes, and it needs the server's network to try its rules.
    afterBoot: ({ sshPort }) => `ufw default deny incoming && ufw allow ${sshPort}/tcp && ufw --force enable`,
  },
  firewalld: {
    says: 'firewalld, zone public',
    packages: ['firewalld'],
    beforeBoot: ({ sshPort }) =>
      `systemctl enable --quiet firewalld.service\n${firewalldIsStartedWithItsRules}${sshPort === 22 ? '' : `firewall-offline-cmd --add-port=${sshPort}/tcp\nfirewall-offline-cmd --remove-service=ssh\n`}`,
  },
  iptables: {
    says: 'iptables, kept by netfilter-persistent',
    packages: ['iptables', 'iptables-persistent'],
    beforeBoot: ({ sshPort }) => `cat > /etc/iptables/rules.v4 << 'END'
${iptables(sshPort, 'icmp')}
END
cat > /etc/iptables/rules.v6 << 'END'
${iptables(sshPort, 'ipv6-icmp')}
END
systemctl enable --quiet netfilter-persistent.service
`,
  },
} as const satisfies Readonly<Record<string, Recipe>>;

export type FirewallName = keyof typeof firewallVariants;

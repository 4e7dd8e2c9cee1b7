import { authConfWith } from './shellParts.ts';

/** The group of the inventory that holds the three servers. */
export const ANSIBLE_GROUP = 'redis_cluster';

/** The variable that holds the password, and the environment variable that it comes from where nothing else sets it. */
export const ANSIBLE_PASSWORD = { variable: 'redis_password', environment: 'REDIS_PASSWORD' } as const;

/**
 * Ansible's settings for this folder. With pipelining nothing that Ansible sends to a server is written to a file there first, the password among it; and a
 * run takes half the time.
 */
export const ANSIBLE_CFG = `[defaults]
inventory = inventory.yml
forks = 3
interpreter_python = auto_silent

[ssh_connection]
# Nothing is written to temporary files on the servers, the password among it. Needs a sudo without "requiretty".
pipelining = true
`;

/**
 * The file with the password, in Ansible's language, byte for byte as Triad would write it: every byte but letters, digits and harmless signs as \\xHH.
 */
export function renderAuthTemplate(): string {
  const quoted = `"{% for byte in (${ANSIBLE_PASSWORD.variable} | string).encode('utf-8') %}{% set sign = '%c' % byte %}{{ sign if sign in harmless else '\\\\x%02x' % byte }}{% endfor %}"`;
  return `{% set harmless = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+/=:,@%-' -%}\n${authConfWith(quoted)}`;
}

/**
 * The playbook: modules of Ansible itself only. What it does stands in the variables of the inventory, so that it is the same for every cluster. Two things
 * are scripts, the same as in the export for shells: what must be refused, and how the nodes are joined; in tasks they could not be read any more.
 */
export const PLAYBOOK = `- name: Three servers with two Redis nodes each, one crossed cluster
  hosts: ${ANSIBLE_GROUP}
  become: true
  gather_facts: false
  any_errors_fatal: true
  tasks:
    - name: The password is known
      ansible.builtin.assert:
        that:
          - ${ANSIBLE_PASSWORD.variable} | string | length > 0
          - '"\\n" not in (${ANSIBLE_PASSWORD.variable} | string)'
        fail_msg: Set one line as ${ANSIBLE_PASSWORD.environment} in the environment, or ${ANSIBLE_PASSWORD.variable} in a file of ansible-vault (-e @FILE). README.md says how.
        quiet: true
      run_once: true

    # Before anything is changed on any server: the right machine, free ports, no data or running node of another configuration.
    - name: Nothing stands in the way
      ansible.builtin.script: servers/{{ inventory_hostname }}/check.sh
      register: found
      changed_when: false
      check_mode: false

    - name: Would the password be another one?
      ansible.builtin.template:
        src: auth.conf.j2
        dest: '{{ cluster_auth.path }}'
      check_mode: true
      diff: false
      no_log: true
      register: password_file
      when: "'running' in found.stdout"

    - name: Running nodes keep their password
      ansible.builtin.assert:
        that: password_file is not changed
        fail_msg: The nodes run with another password; Triad gives a running cluster a new one, this playbook does not.
        quiet: true

    - name: Group of the service
      ansible.builtin.group:
        name: '{{ cluster_user }}'
        system: true

    - name: User of the service
      ansible.builtin.user:
        name: '{{ cluster_user }}'
        group: '{{ cluster_user }}'
        system: true
        create_home: false
        home: /nonexistent
        shell: /usr/sbin/nologin

    - name: Folders that others may share, where they are missing
      ansible.builtin.shell:
        cmd: |
          for folder in {{ cluster_shared_folders | join(' ') }}; do
            [ -d "$folder" ] || { install -d -o root -g root -m 0755 "$folder" && echo changed; } || exit
          done
      register: shared
      changed_when: "'changed' in shared.stdout | default('')"

    - name: Folders of the cluster
      ansible.builtin.file:
        path: '{{ item.path }}'
        state: directory
        owner: '{{ item.owner }}'
        group: '{{ item.group }}'
        mode: '{{ item.mode }}'
      loop: '{{ cluster_folders }}'
      loop_control:
        label: '{{ item.path }}'

    - name: Programs
      ansible.builtin.copy:
        src: programs/{{ item.name }}
        dest: '{{ item.path }}'
        owner: root
        group: root
        mode: '{{ item.mode }}'
      loop: '{{ cluster_programs }}'
      loop_control:
        label: '{{ item.path }}'

    - name: SHA-256 of the programs
      ansible.builtin.command:
        cmd: sha256sum -c --quiet -
        stdin: |
          {% for item in cluster_programs %}
          {{ item.sha256 }}  {{ item.path }}
          {% endfor %}
      changed_when: false

    - name: Password of the cluster
      ansible.builtin.template:
        src: auth.conf.j2
        dest: '{{ cluster_auth.path }}'
        owner: '{{ cluster_auth.owner }}'
        group: '{{ cluster_auth.group }}'
        mode: '{{ cluster_auth.mode }}'
      diff: false
      no_log: true

    - name: Configurations and units
      ansible.builtin.copy:
        src: servers/{{ inventory_hostname }}/files{{ item.path }}
        dest: '{{ item.path }}'
        owner: '{{ item.owner }}'
        group: '{{ item.group }}'
        mode: '{{ item.mode }}'
      loop: '{{ cluster_files }}'
      loop_control:
        label: '{{ item.path }}'

    # At every boot by the files above. In a container they belong to its host.
    - name: Kernel settings, now
      ansible.builtin.shell:
        cmd: |
          {% for item in cluster_kernel %}
          case $(cat {{ item.path }}) in
            '{{ item.value }}' | *'[{{ item.value }}]'*) ;;
            *) [ ! -w {{ item.path }} ] || { echo '{{ item.value }}' > {{ item.path }} && echo changed; } || exit ;;
          esac
          {% endfor %}
      register: kernel
      changed_when: "'changed' in kernel.stdout | default('')"

    - name: Firewall, whichever is active
      ansible.builtin.script: servers/{{ inventory_hostname }}/firewall.sh
      register: firewall
      changed_when: "'changed:' in firewall.stdout | default('')"
      when: cluster_firewall

    # A running node is never restarted from here.
    - name: Services, now and at boot
      ansible.builtin.systemd:
        name: '{{ item }}'
        state: started
        enabled: true
        daemon_reload: true
      loop: '{{ cluster_units }}'

    # The password comes by the standard input: an argument or an environment variable could be read on the server.
    - name: Join the nodes
      ansible.builtin.command:
        argv: [sh, -c, "{{ lookup('ansible.builtin.file', 'form-cluster.sh') }}", form-cluster.sh, --password-file, '-']
        stdin: '{{ ${ANSIBLE_PASSWORD.variable} | string }}'
      register: joined
      changed_when: "'changed:' in joined.stdout | default('')"
      failed_when: false
      no_log: true
      run_once: true

    - name: The cluster stands
      ansible.builtin.assert:
        that: joined.rc | default(0) == 0
        fail_msg: "{{ joined.stderr | default('') }}"
        success_msg: "{{ joined.stdout_lines | default(['not looked at']) | last }}"
      run_once: true
`;

/** What each scenario of the failover test is: on the server, to clients, and what takes it back. */
export const scenarioTexts = {
  'scenario.longest':
    'It lasts until the replica has taken over. {{seconds}} s after it was prepared the server takes it back by itself, also without Triad.',
  'scenario.longest.switchover': 'It lasts some hundredths of a second. Redis gives a switchover up by itself after {{seconds}} s.',
  'scenario.switchover': 'Planned switchover',
  'scenario.switchover.does': 'The replica of the server’s master is asked to take over, as before a maintenance. Nothing is stopped.',
  'scenario.switchover.clients': 'A pause of some hundredths of a second. No acknowledged write can be lost.',
  'scenario.switchover.undo': 'A second switchover gives the master its role back.',
  'scenario.switchover.injected': '{{node}} is asked to hand over to its replica',
  'scenario.processRestarted': 'Process killed, restart allowed',
  'scenario.processRestarted.does':
    'The process of the server’s master is killed at once (SIGKILL). Whatever starts it after a crash may do so: systemd, or Triad’s service on Windows.',
  'scenario.processRestarted.clients':
    'The shard pauses until the process is back, or until the replica takes over where that comes first. Writes of the last moments can be lost.',
  'scenario.processRestarted.undo': 'The service manager starts it; should it not, an undo on the server does.',
  'scenario.processRestarted.injected': '{{node}} is killed, and may be restarted',
  'scenario.processKilled': 'Process killed and kept down',
  'scenario.processKilled.does':
    'The process of the server’s master is killed at once (SIGKILL) and the service manager is kept from starting it again. The other node of the server goes on.',
  'scenario.processKilled.clients': 'The shard takes no writes until its replica has taken over. Writes of the last moments can be lost.',
  'scenario.processKilled.undo': 'The process is started again, by Triad or by an undo that waits on the server.',
  'scenario.processKilled.injected': '{{node}} is killed and kept down',
  'scenario.processFrozen': 'Process frozen',
  'scenario.processFrozen.does':
    'The process of the server’s master is stopped in its tracks (SIGSTOP; on Windows all its threads are suspended): it keeps its connections and answers nothing, as when a disk hangs.',
  'scenario.processFrozen.clients':
    'Writes to the shard time out until its replica has taken over. Clients without a time-out of their own hang until then.',
  'scenario.processFrozen.undo': 'The process goes on, by Triad or by an undo that waits on the server.',
  'scenario.processFrozen.injected': '{{node}} is frozen',
  'scenario.serverLost': 'Whole server lost',
  'scenario.serverLost.does': 'Both nodes of the server are killed at once and kept down, as when its power fails.',
  'scenario.serverLost.clients':
    'The shard of its master takes no writes until the replica has taken over. Writes of the last moments can be lost.',
  'scenario.serverLost.undo': 'Both nodes are started again, by Triad or by an undo that waits on the server.',
  'scenario.serverLost.injected': '{{server}} is lost: both nodes killed and kept down',
  'scenario.networkCut': 'Network cut',
  'scenario.networkCut.does':
    'Nothing passes between the server and its peers on the ports of the cluster, both ways: packets are dropped, on Windows by rules of its firewall that block. SSH and clients still reach it.',
  'scenario.networkCut.clients':
    'Clients that still reach the old master go on writing to it for up to the node timeout. What they write after the cut is lost: Triad counts it.',
  'scenario.networkCut.undo':
    'The rules are taken away, by Triad or by an undo that waits on the server; a restart of a Linux server removes them too.',
  'scenario.networkCut.injected': '{{server}} is cut off from its peers',
  'scenario.networkCutIn': 'Network cut, one way in',
  'scenario.networkCutIn.does':
    'Packets from the peers to the server on the four ports of the cluster are dropped; what it sends still leaves.',
  'scenario.networkCutIn.clients': 'As with a network cut: TCP needs both ways.',
  'scenario.networkCutIn.undo':
    'The rules are taken away, by Triad or by an undo that waits on the server; a restart of the server removes them too.',
  'scenario.networkCutIn.injected': '{{server}} hears nothing from its peers any more',
  'scenario.networkCutOut': 'Network cut, one way out',
  'scenario.networkCutOut.does':
    'Packets from the server to its peers on the four ports of the cluster are dropped; what they send still arrives.',
  'scenario.networkCutOut.clients': 'As with a network cut: TCP needs both ways.',
  'scenario.networkCutOut.undo':
    'The rules are taken away, by Triad or by an undo that waits on the server; a restart of the server removes them too.',
  'scenario.networkCutOut.injected': 'nothing from {{server}} reaches its peers any more',
  'scenario.longest.power':
    'Until the replica has taken over; then it boots. {{seconds}} s after it was prepared this computer switches it on by itself, also without Triad, as long as this computer runs.',
  'scenario.powerLost': 'Power cut',
  'scenario.powerLost.does':
    'The whole server loses its power at once, by a command of yours for its management controller or hypervisor: nothing on it shuts down, and nothing that waits in memory reaches its disk.',
  'scenario.powerLost.clients':
    'The shard of its master takes no writes until the replica has taken over, and connections to the server hang until they time out. Writes of the last moments can be lost.',
  'scenario.powerLost.undo':
    'A second command of yours switches it on, run by a process on this computer that waits beside Triad and goes on without it. Nothing can wait on a server without power: this computer must stay up. The services start at boot.',
  'scenario.powerLost.injected': '{{server}} loses its power',
} as const;

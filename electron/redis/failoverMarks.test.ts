import { describe, expect, it } from 'vitest';
import { FailoverMarks, victimOf } from './failoverMarks.ts';
import { glance, plan, redisIdOf, returned, slots, taken } from './testing/glances.ts';

const victims = ['server-1:7000', 'server-1:7001'];
const unarmed = (): FailoverMarks =>
  new FailoverMarks(
    victimOf(
      victims,
      plan.nodes.map((node) => glance(node.id, 0)),
    ),
    plan,
  );
const start = (): FailoverMarks => {
  const marks = unarmed();
  marks.arm();
  return marks;
};
const names = (marks: FailoverMarks): readonly string[] => marks.marks.map((mark) => mark.name);
const survivors = ['server-2:7000', 'server-2:7001', 'server-3:7000', 'server-3:7001'];

describe('FailoverMarks', () => {
  it('sees the victim as it was before the fault', () => {
    const victim = victimOf(
      victims,
      plan.nodes.map((node) => glance(node.id, 0)),
    );
    expect(victim).toEqual({
      nodes: victims,
      masters: new Map([[redisIdOf('server-1:7000'), [slots]]]),
    });
  });

  it('marks nothing while all is well', () => {
    const marks = start();
    for (const node of plan.nodes) marks.take(glance(node.id, 10));
    expect(names(marks)).toEqual([]);
  });

  it('marks nothing before the fault, but tells who suspects whom; a node missed then has not been lost', () => {
    const marks = unarmed();
    for (const node of ['server-1:7000', 'server-1:7001']) marks.lost(node, 5);
    expect(marks.take(glance('server-3:7000', 10, { 'server-1:7000': { health: 'pfail' } }))).toEqual([]);
    expect(marks.suspicions).toEqual(['server-3:7000: 10.0.0.1:7000 fail?']);
    marks.take(glance('server-3:7000', 20));
    expect(marks.suspicions).toEqual([]);
    marks.arm();
    for (const node of plan.nodes) marks.take(glance(node.id, 30));
    expect(names(marks)).toEqual([]);
    marks.take(glance('server-3:7000', 40, { 'server-1:7000': { health: 'pfail' } }));
    expect(marks.find('suspected')).toMatchObject({ atMs: 40 });
  });

  it('marks each step once, with the first who saw it and since when it may be true', () => {
    const marks = start();
    marks.take(glance('server-3:7000', 10, { 'server-1:7000': { health: 'pfail' } }));
    marks.take(glance('server-2:7000', 12, { 'server-1:7000': { health: 'pfail' } }));
    expect(marks.take(glance('server-2:7000', 32, { 'server-1:7000': { health: 'fail' } }))).toMatchObject([
      { name: 'failAgreed', atMs: 32 },
    ]);
    expect(marks.take(glance('server-2:7001', 40, taken, { previousAtMs: 15 }))).toMatchObject([
      { name: 'promoted', atMs: 40, uncertaintyMs: 25, evidence: 'server-2:7001: myself,master 7' },
    ]);
    for (const node of survivors) marks.take(glance(node, 50, taken));
    expect(names(marks)).toEqual(['suspected', 'failAgreed', 'promoted', 'slotsCovered']);
    expect(marks.find('suspected')).toEqual({
      name: 'suspected',
      atMs: 10,
      uncertaintyMs: 20,
      evidence: 'server-3:7000: 10.0.0.1:7000 fail?',
    });
  });

  it('takes FAIL for suspicion too when nobody was seen to suspect', () => {
    const marks = start();
    marks.take(glance('server-3:7000', 10, { 'server-1:7000': { health: 'fail' } }));
    expect(names(marks)).toEqual(['suspected', 'failAgreed']);
  });

  it('takes no notice of the failure of the other node on the server', () => {
    const marks = start();
    marks.take(glance('server-3:7000', 10, { 'server-1:7001': { health: 'fail' } }));
    expect(names(marks)).toEqual([]);
  });

  it('calls the slots covered only when every survivor says so after the promotion', () => {
    const marks = start();
    for (const node of survivors) marks.take(glance(node, 30));
    marks.take(glance('server-2:7001', 40, taken));
    for (const node of survivors.slice(1)) marks.take(glance(node, 50, taken));
    expect(names(marks)).toEqual(['suspected', 'failAgreed', 'promoted']);
    marks.take(glance('server-2:7000', 60, taken, { isStateOk: false }));
    marks.take(glance('server-2:7000', 70, { 'server-1:7000': { health: 'fail' } }));
    expect(marks.find('slotsCovered')).toBeNull();
    marks.take(glance('server-2:7000', 80, taken));
    expect(marks.find('slotsCovered')).toMatchObject({ atMs: 80 });
  });

  it('does not take an answer of the victim for a return before it was missed', () => {
    const marks = start();
    marks.take(glance('server-1:7000', 10));
    marks.take(glance('server-1:7001', 10));
    marks.lost('server-1:7000', 20);
    marks.take(glance('server-1:7001', 30));
    marks.take(glance('server-1:7000', 30));
    expect(names(marks)).toEqual([]);
    marks.lost('server-1:7001', 40);
    marks.lost('server-2:7000', 40);
    marks.take(glance('server-1:7001', 50));
    expect(names(marks)).toEqual(['serverStarted', 'replicaLinkUp']);
  });

  it('takes nodes that answered all the time for returned with their next answer after the fault was taken back', () => {
    const marks = start();
    marks.take(glance('server-2:7001', 40, taken));
    for (const node of victims) marks.take(glance(node, 50));
    expect(names(marks)).toEqual(['suspected', 'failAgreed', 'promoted']);
    marks.returned(60);
    marks.take(glance('server-1:7000', 70, returned));
    expect(marks.find('serverStarted')).toBeNull();
    marks.take(glance('server-1:7001', 80, returned));
    expect(marks.find('serverStarted')).toMatchObject({ atMs: 80 });
  });

  it('counts the other node of the server among the survivors where only one process is hit', () => {
    const nodes = plan.nodes.map((node) => glance(node.id, 0));
    const marks = new FailoverMarks(victimOf(['server-1:7000'], nodes), plan);
    marks.arm();
    marks.take(glance('server-1:7001', 10, { 'server-1:7000': { health: 'pfail' } }));
    expect(marks.find('suspected')).toMatchObject({ evidence: 'server-1:7001: 10.0.0.1:7000 fail?' });
    for (const node of survivors) marks.take(glance(node, 50, taken));
    expect(marks.find('slotsCovered')).toBeNull();
    marks.take(glance('server-1:7001', 60, taken));
    expect(marks.find('slotsCovered')).toMatchObject({ evidence: 'server-1:7001: cluster_state:ok (5)' });
    marks.lost('server-1:7000', 70);
    marks.take(glance('server-1:7000', 80, returned));
    expect(marks.find('serverStarted')).toMatchObject({ atMs: 80 });
  });

  it('waits until a returned master follows its heir, its link is up and its offset has been reached', () => {
    const marks = start();
    marks.take(glance('server-2:7001', 40, taken));
    for (const node of ['server-1:7000', 'server-1:7001']) marks.lost(node, 50);
    marks.take(glance('server-1:7001', 100, returned));
    marks.take(glance('server-1:7000', 100));
    expect(names(marks)).toEqual(['suspected', 'failAgreed', 'promoted', 'serverStarted']);
    marks.take(glance('server-1:7000', 120, returned, { isLinkUp: false, offset: 0 }));
    expect(marks.find('replicaLinkUp')).toBeNull();
    for (const node of ['server-2:7001', 'server-3:7000']) marks.take(glance(node, 130, returned, { offset: 500 }));
    marks.take(glance('server-1:7000', 140, returned, { offset: 400 }));
    expect(marks.find('replicaLinkUp')).toMatchObject({ atMs: 140 });
    marks.take(glance('server-1:7001', 150, returned, { offset: 500 }));
    expect(marks.find('inSync')).toBeNull();
    marks.take(glance('server-1:7000', 160, returned, { offset: 500 }));
    expect(marks.find('inSync')).toMatchObject({ atMs: 160 });
  });

  describe('says how old a mark may be', () => {
    it('of what any survivor may be the first to know: as old as the question to the one that was asked longest ago', () => {
      const marks = start();
      for (const [index, node] of survivors.entries()) marks.take(glance(node, 100 + index));
      marks.take(glance('server-3:7000', 140, { 'server-1:7000': { health: 'fail' } }));
      expect(marks.find('failAgreed')).toMatchObject({ atMs: 140, uncertaintyMs: 41 });
    });

    it('of a node that comes back: as old as the last question without an answer', () => {
      const marks = start();
      for (const node of victims) marks.lost(node, 50);
      marks.take(glance('server-1:7000', 300, {}, { previousAtMs: 0, missedAtMs: 210 }));
      marks.take(glance('server-1:7001', 320, {}, { previousAtMs: 0, missedAtMs: 205 }));
      expect(marks.find('serverStarted')).toMatchObject({ atMs: 320, uncertaintyMs: 115 });
      expect(marks.find('replicaLinkUp')).toMatchObject({ atMs: 320, uncertaintyMs: 115 });
    });

    it('of slots that the last survivor had covered before the promotion was seen: as old as the promotion', () => {
      const marks = start();
      marks.take(glance('server-2:7000', 30, taken));
      for (const node of survivors.slice(1)) marks.take(glance(node, 35, taken));
      expect(marks.find('promoted')).toMatchObject({ atMs: 35, uncertaintyMs: 20 });
      marks.take(glance('server-2:7000', 60, taken, { previousAtMs: 50 }));
      expect(marks.find('slotsCovered')).toMatchObject({ atMs: 60, uncertaintyMs: 45 });
    });

    it('of a master that was never away and follows already: as old as the promotion', () => {
      const marks = start();
      marks.take(glance('server-2:7001', 40, taken));
      marks.take(glance('server-1:7000', 45, returned));
      marks.take(glance('server-1:7001', 46, returned));
      marks.returned(50);
      marks.take(glance('server-1:7001', 55, returned));
      marks.take(glance('server-1:7000', 60, returned, { previousAtMs: 44 }));
      expect(marks.find('replicaLinkUp')).toMatchObject({ atMs: 60, uncertaintyMs: 40 });
    });
  });
});

import { expect } from 'vitest';
import { pullRequestPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Another base during the review: nothing is said about the comparison with the old one',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching });
    const { repository, gitHub } = stage;
    repository.git.commit('release', { '.github/goplumber.yml': 'skip: {authors: [ada]}\n' }, 'Release', stage.base);
    const goOn = await stage.announceUntil('opened', 'POST /graphql');
    Object.assign(stage.pull, { baseRef: 'release' });
    const payload = pullRequestPayload(repository, stage.pull, 'edited', gitHub.access.app.installationId);
    const changes = { base: { ref: { from: 'main' }, sha: { from: stage.base } } };
    expect((await gitHub.deliver('pull_request', { ...payload, changes })).status).toBe(202);
    goOn();
    await stage.settled();
    expect(stage.comments).toEqual([]);
    expect(stage.check).toMatchObject({ conclusion: 'skipped', title: 'Not reviewed: author ada' });
    expect(stage.checks.map(({ status }) => status)).not.toContain('in_progress');
  },
);

import { expect } from 'vitest';
import { installationPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A permission that is granted later brings the review at once',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.check.conclusion).toBe('action_required');
    const { access } = stage.gitHub;
    Object.assign(access.app.permissions, { contents: 'read' });
    access.revokeTokens();
    const payload = installationPayload('new_permissions_accepted', access.app.installationId);
    await stage.gitHub.deliver('installation', payload);
    await stage.settled();
    await stage.gitHub.rerunCheck(stage.repository, stage.check);
    await stage.settled();
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
  },
  { permissions: { contents: 'none' } },
);

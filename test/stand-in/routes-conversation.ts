/** What is said beside reviews: replies, comments of the conversation, reactions, labels, and who may do what. */
import { ApiError, type Call, notFound, paged, type Reply, type Route } from './http.ts';
import { assertOpenTo, commentBody, loginOf, newComment, refused, reviewBody } from './routes-reviews.ts';
import type { Comment, IssueComment, Pull } from './state.ts';
import type { World } from './world.ts';

export function conversationRoutes(world: World): readonly Route[] {
  const pulls = '/repos/{owner}/{repo}/pulls';
  const issues = '/repos/{owner}/{repo}/issues';
  return [
    {
      route: `PUT ${pulls}/{pull_number}/reviews/{review_id}`,
      needs: 'pull_requests: write',
      handle(call) {
        const { pull } = world.pull(call);
        const review = pull.reviews.find((candidate) => String(candidate.id) === call.path['review_id']);
        if (!review) throw notFound();
        review.body = textOf(call);
        return { status: 200, body: reviewBody(review) };
      },
    },
    {
      route: `PATCH ${pulls}/comments/{comment_id}`,
      needs: 'pull_requests: write',
      handle(call) {
        const { pull, comment } = reviewComment(world, call);
        comment.body = textOf(call);
        return { status: 200, body: commentBody(pull, comment) };
      },
    },
    {
      route: `GET ${pulls}/comments/{comment_id}`,
      needs: 'pull_requests: read',
      handle(call) {
        const { pull, comment } = reviewComment(world, call);
        return { status: 200, body: commentBody(pull, comment) };
      },
    },
    {
      route: `POST ${pulls}/{pull_number}/comments/{comment_id}/replies`,
      needs: 'pull_requests: write',
      handle: (call) => reply(world, call),
    },
    {
      route: `POST ${pulls}/comments/{comment_id}/reactions`,
      needs: 'pull_requests: write',
      handle(call) {
        const { pull, comment } = reviewComment(world, call);
        assertOpenTo(call, pull);
        return react(call, comment);
      },
    },
    {
      route: `GET ${issues}/{issue_number}/comments`,
      needs: 'pull_requests: read',
      handle: (call) => ({ status: 200, body: paged(issue(world, call).talk, call.query).map(issueBody) }),
    },
    {
      route: `POST ${issues}/{issue_number}/comments`,
      needs: 'pull_requests: write',
      handle(call) {
        assertOpenTo(call, issue(world, call));
        const comment = {
          id: world.ids.next(),
          author: loginOf(call),
          body: textOf(call),
          reactions: new Set<string>(),
        };
        issue(world, call).talk.push(comment);
        return { status: 201, body: issueBody(comment) };
      },
    },
    {
      route: `POST ${issues}/comments/{comment_id}/reactions`,
      needs: 'pull_requests: write',
      handle(call) {
        const id = call.path['comment_id'];
        const said = world
          .repository(call)
          .pulls.flatMap((pull) => pull.talk.map((comment) => ({ pull, comment })))
          .find(({ comment }) => String(comment.id) === id);
        if (!said) throw notFound();
        assertOpenTo(call, said.pull);
        return react(call, said.comment);
      },
    },
    {
      route: `POST ${issues}/{issue_number}/labels`,
      needs: 'pull_requests: write',
      handle(call) {
        const { labels } = issue(world, call);
        for (const name of (call.body['labels'] ?? []) as string[]) if (!labels.includes(name)) labels.push(name);
        return { status: 200, body: labels.map((name) => ({ name })) };
      },
    },
    {
      route: `DELETE ${issues}/{issue_number}/labels/{name}`,
      needs: 'pull_requests: write',
      handle(call) {
        const { labels } = issue(world, call);
        const at = labels.indexOf(call.path['name'] ?? '');
        if (at < 0) throw new ApiError(404, 'Label does not exist');
        labels.splice(at, 1);
        return { status: 200, body: labels.map((name) => ({ name })) };
      },
    },
    {
      route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
      needs: 'metadata: read',
      handle(call) {
        const permission = world.repository(call).people.get(call.path['username'] ?? '') ?? 'read';
        return { status: 200, body: { permission, role_name: permission, user: { login: call.path['username'] } } };
      },
    },
  ];
}

function textOf(call: Call): string {
  const body = String(call.body['body'] ?? '');
  if (body.trim() === '') throw refused(["Body can't be blank"]);
  if (body.length > 65_536) throw refused(['Body is too long (maximum is 65536 characters)']);
  return body;
}

function issue(world: World, call: Call): Pull {
  const pull = world.repository(call).pulls.find(({ number }) => String(number) === call.path['issue_number']);
  if (!pull) throw notFound();
  return pull;
}

function reviewComment(world: World, call: Call): { readonly pull: Pull; readonly comment: Comment } {
  for (const pull of world.repository(call).pulls) {
    const comment = pull.comments.find((candidate) => String(candidate.id) === call.path['comment_id']);
    if (comment) return { pull, comment };
  }
  throw notFound();
}

/** A reply to a reply is refused: the thread's first comment must be named. */
function reply(world: World, call: Call): Reply {
  const { pull, comment: root } = reviewComment(world, call);
  assertOpenTo(call, pull);
  if (root.inReplyTo !== undefined) throw refused(['in_reply_to_id must be the first comment of its thread']);
  const comment = addReply(world, pull, root, loginOf(call), textOf(call));
  return { status: 201, body: commentBody(pull, comment) };
}

/** Begins a thread on a line of head, as people do on the page. */
export function addRemark(
  world: World,
  pull: Pull,
  remark: Pick<Comment, 'path' | 'author' | 'body'> & { readonly line: number },
): Comment {
  const { path, line, author, body } = remark;
  const review = { id: world.ids.next(), author, body: '', commit: pull.head, state: 'COMMENTED' as const };
  pull.reviews.push(review);
  const comment = newComment(world, review, { path, line, body });
  pull.comments.push(comment);
  return comment;
}

/** Adds a reply to a thread, whoever writes it. */
export function addReply(world: World, pull: Pull, root: Comment, author: string, body: string): Comment {
  const comment: Comment = {
    ...root,
    id: world.ids.next(),
    author,
    body,
    inReplyTo: root.id,
    hidden: false,
    resolvedBy: undefined,
    reactions: new Set(),
  };
  pull.comments.push(comment);
  return comment;
}

function react(call: Call, comment: Pick<Comment | IssueComment, 'reactions'>): Reply {
  comment.reactions.add(`${loginOf(call)} ${String(call.body['content'])}`);
  return { status: 201, body: { id: comment.reactions.size, content: call.body['content'] } };
}

function issueBody({ id, author, body }: IssueComment): object {
  return { id, node_id: `IC_${id}`, user: { login: author }, body };
}

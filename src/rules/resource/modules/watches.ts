/** Watchers, informers and streams of events. Facts from the sources that each entry names. */
import { deferred, deferredAlone } from '../release-advice.ts';
import type { ModuleResource } from '../resource.ts';

const watcher = {
  rule: 'unclosed-client',
  value: { kind: 'result', index: 0 },
  releasedBy: ['Close()'],
  stays: 'goroutine',
  advice: deferred,
} as const;

const etcd = 'https://github.com/etcd-io/etcd/blob/c34dc7ee0/client/v3';
const clientGo = 'https://github.com/kubernetes/client-go/blob/32ce75a7d';
const etcdPaths = ['go.etcd.io/etcd/client/v3', 'go.etcd.io/etcd/clientv3'];

/** Operations of aws-sdk-go-v2 that answer with a stream of events, by service. */
const awsStreams: readonly (readonly [service: string, output: string])[] = [
  ['bedrockagentruntime', 'InvokeAgentOutput'],
  ['bedrockruntime', 'ConverseStreamOutput'],
  ['bedrockruntime', 'InvokeModelWithResponseStreamOutput'],
  ['cloudwatchlogs', 'StartLiveTailOutput'],
  ['kinesis', 'SubscribeToShardOutput'],
  ['lexruntimev2', 'StartConversationOutput'],
  ['s3', 'SelectObjectContentOutput'],
  ['transcribestreaming', 'StartStreamTranscriptionOutput'],
];

export const watchResources: readonly ModuleResource[] = [
  {
    ...watcher,
    acquiredBy: ['github.com/fsnotify/fsnotify', 'gopkg.in/fsnotify.v1', 'gopkg.in/fsnotify/fsnotify.v1'].flatMap(
      (path) => ['NewWatcher', 'NewBufferedWatcher'].map((name) => `${path}.${name}`),
    ),
    condition: 'not-for-process',
    keeps: 'the goroutine that reads its events stays',
    source: 'https://github.com/fsnotify/fsnotify/blob/58d0c04e1/backend_inotify.go#L158',
  },
  {
    ...watcher,
    acquiredBy: etcdPaths.flatMap((path) => ['New', 'NewFromURL', 'NewFromURLs'].map((name) => `${path}.${name}`)),
    condition: 'not-for-process',
    keeps: 'the goroutines of its connection stay',
    source: `${etcd}/client.go#L485`,
  },
  {
    ...watcher,
    acquiredBy: etcdPaths.map((path) => `${path}/concurrency.NewSession`),
    releasedBy: ['Close()', 'Orphan()'],
    condition: 'owner-stays',
    keeps: 'the goroutine that keeps its lease alive stays, and so does the lease',
    source: `${etcd}/concurrency/session.go#L68`,
  },
  {
    // "the watch will continue until the context is canceled"; the channel is closed with the client besides.
    ...watcher,
    rule: 'unfinished-stream',
    acquiredBy: etcdPaths.flatMap((path) => ['Client', 'Watcher'].map((type) => `${path}.${type}.Watch`)),
    releasedBy: [],
    condition: 'endless-context',
    keeps: 'the watch stays until the client closes',
    advice: {
      kind: 'manual',
      text: 'Derive a context with `context.WithCancel` for the watch and defer its cancel function.',
    },
    source: `${etcd}/watch.go`,
  },
  {
    // Generated clients: `w, err := client.CoreV1().Pods(ns).Watch(ctx, metav1.ListOptions{})`. The end of the context
    // does not end the goroutine: it has the error of the connection to deliver.
    ...watcher,
    acquiredBy: ['generated Kubernetes watch'],
    releasedBy: ['Stop()'],
    keeps: 'the goroutine that delivers its events stays',
    source: 'https://github.com/kubernetes/apimachinery/blob/eed236cee/pkg/watch/streamwatcher.go#L85',
  },
  {
    // "Stream formats and executes the request, and offers streaming of the response."
    ...watcher,
    rule: 'unclosed-body',
    acquiredBy: ['k8s.io/client-go/rest.Request.Stream'],
    keeps: 'the connection stays open with the goroutines that read and write it',
    source: `${clientGo}/rest/request.go#L1009`,
  },
  {
    ...watcher,
    acquiredBy: ['NewRetryWatcher', 'NewRetryWatcherWithContext'].map((name) => `k8s.io/client-go/tools/watch.${name}`),
    releasedBy: ['Stop()'],
    keeps: 'the goroutine that renews the watch stays',
    advice: deferredAlone,
    source: `${clientGo}/tools/watch/retrywatcher.go#L95`,
  },
  {
    ...watcher,
    acquiredBy: ['NewIndexerInformerWatcher', 'NewIndexerInformerWatcherWithLogger'].map(
      (name) => `k8s.io/client-go/tools/watch.${name}`,
    ),
    value: { kind: 'result', index: 2 },
    releasedBy: ['Stop()'],
    keeps: 'the goroutines of its informer stay',
    source: `${clientGo}/tools/watch/informerwatcher.go#L152`,
  },
  {
    // Informers run until their channel is closed. One that is made here and closed nowhere runs for good.
    ...watcher,
    acquiredBy: [
      'k8s.io/client-go/informers.SharedInformerFactory.Start',
      'k8s.io/client-go/dynamic/dynamicinformer.DynamicSharedInformerFactory.Start',
      'k8s.io/client-go/tools/cache.SharedInformer.Run',
      'k8s.io/client-go/tools/cache.SharedIndexInformer.Run',
    ],
    value: { kind: 'argument', index: 0 },
    releasedBy: ['close(x)'],
    condition: 'not-for-process',
    keeps: 'the goroutines of the informers stay',
    advice: {
      kind: 'manual',
      text: 'Close the channel when the informers are no longer needed, or start them with the one of their owner.',
    },
    source: `${clientGo}/informers/factory.go#L163`,
  },
  {
    ...watcher,
    acquiredBy: awsStreams.map(
      ([service, output]) => `github.com/aws/aws-sdk-go-v2/service/${service}.${output}.GetStream`,
    ),
    keeps: 'the goroutines that read its events stay',
    source: 'https://github.com/aws/aws-sdk-go-v2/blob/1278f1374/service/kinesis/eventstream.go',
  },
  {
    ...watcher,
    rule: 'unclosed-body',
    acquiredBy: [
      'github.com/aws/aws-sdk-go-v2/service/s3.Client.GetObject',
      'github.com/aws/aws-sdk-go/service/s3.S3.GetObject',
      'github.com/aws/aws-sdk-go/service/s3.S3.GetObjectWithContext',
    ],
    releasedBy: ['Body.Close()'],
    keeps: 'the connection stays open with the goroutines that read and write it',
    source: 'https://pkg.go.dev/github.com/aws/aws-sdk-go-v2/service/s3#GetObjectOutput',
  },
];

/** Clients of message brokers. Facts from the sources that each entry names. */
import { deferred, deferredAlone } from '../release-advice.ts';
import type { ModuleResource } from '../resource.ts';
import { methods } from './methods.ts';

const client = {
  rule: 'unclosed-client',
  value: { kind: 'result', index: 0 },
  releasedBy: ['Close()'],
  condition: 'not-for-process',
  stays: 'goroutine',
  advice: deferred,
} as const;

const subscription = {
  rule: 'unclosed-client',
  value: { kind: 'result', index: 0 },
  stays: 'goroutine',
  advice: deferred,
} as const;

const nats = 'https://github.com/nats-io/nats.go/blob/850f889cf/nats.go';
const redis = 'https://github.com/redis/go-redis/blob/216593cc0';
const sarama = 'https://github.com/IBM/sarama/blob/bd98b3aec';

const redisPaths = ['github.com/redis/go-redis/v9', 'github.com/go-redis/redis/v8', 'github.com/go-redis/redis/v7'];
const saramaPaths = ['github.com/IBM/sarama', 'github.com/Shopify/sarama'];

export const messagingResources: readonly ModuleResource[] = [
  {
    ...client,
    acquiredBy: ['github.com/nats-io/nats.go.Connect', 'github.com/nats-io/nats.go.Options.Connect'],
    releasedBy: ['Close()', 'Drain()'],
    givesAccess: ['JetStream'],
    keeps: 'the goroutines that read and flush its connection stay',
    source: `${nats}#L2893`,
  },
  {
    // Each subscription with a callback has a goroutine. Most of them are meant to last as long as the connection.
    ...subscription,
    acquiredBy: methods('github.com/nats-io/nats.go', ['Conn'], ['Subscribe', 'QueueSubscribe']),
    releasedBy: ['Unsubscribe()', 'Drain()', 'AutoUnsubscribe()'],
    condition: 'released-here',
    keeps: 'the goroutine that delivers its messages stays until the connection closes',
    source: `${nats}#L5080`,
  },
  {
    ...subscription,
    acquiredBy: redisPaths.flatMap((path) =>
      methods(
        path,
        ['Client', 'ClusterClient', 'Ring', 'SentinelClient', 'UniversalClient'],
        ['Subscribe', 'PSubscribe', 'SSubscribe'],
      ),
    ),
    releasedBy: ['Close()'],
    condition: 'owner-stays',
    keeps: 'its connection stays, and the goroutines that feed its channel',
    source: `${redis}/pubsub.go#L717`,
  },
  {
    ...client,
    acquiredBy: redisPaths.flatMap((path) =>
      ['NewClient', 'NewClusterClient', 'NewFailoverClient', 'NewUniversalClient', 'NewRing'].map(
        (name) => `${path}.${name}`,
      ),
    ),
    stays: 'handle',
    keeps: 'its connections stay open',
    source: `${redis}/redis.go#L1919`,
  },
  {
    ...client,
    acquiredBy: saramaPaths.flatMap((path) =>
      [
        'NewClient',
        'NewConsumer',
        'NewConsumerFromClient',
        'NewAsyncProducer',
        'NewAsyncProducerFromClient',
        'NewSyncProducer',
        'NewSyncProducerFromClient',
        'NewConsumerGroup',
        'NewConsumerGroupFromClient',
        'NewClusterAdmin',
      ].map((name) => `${path}.${name}`),
    ),
    releasedBy: ['Close()', 'AsyncClose()'],
    keeps: 'the goroutines of its brokers stay',
    advice: deferredAlone,
    source: `${sarama}/async_producer.go#L35`,
  },
  {
    // "You must call Close() or AsyncClose() on a PartitionConsumer to avoid leaks".
    ...subscription,
    acquiredBy: saramaPaths.map((path) => `${path}.Consumer.ConsumePartition`),
    releasedBy: ['Close()', 'AsyncClose()'],
    keeps: 'the goroutines that fetch for the partition stay',
    advice: deferredAlone,
    source: `${sarama}/consumer.go#L367`,
  },
  {
    ...client,
    acquiredBy: ['github.com/twmb/franz-go/pkg/kgo.NewClient'],
    releasedBy: ['Close()', 'CloseAllowingRebalance()'],
    keeps: 'the goroutines that fetch metadata and reap its connections stay',
    source: 'https://github.com/twmb/franz-go/blob/adb3a18ab/pkg/kgo/client.go#L601',
  },
  {
    ...client,
    acquiredBy: ['NewReader', 'NewWriter', 'NewConsumerGroup'].map((name) => `github.com/segmentio/kafka-go.${name}`),
    keeps: 'its goroutines stay',
    source: 'https://github.com/segmentio/kafka-go/blob/3ce29796e/reader.go#L744',
  },
];

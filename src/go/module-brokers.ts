/**
 * Declarations of clients of message brokers. Written by hand from the packages' documentation (pkg.go.dev); only what the rules
 * about resources ask about.
 */

const redis = `package redis
import (
"context"
"time"
)
type Options struct {
Addr string
Password string
DB int
}
type ClusterOptions struct {
}
type FailoverOptions struct {
}
type RingOptions struct {
}
type UniversalOptions struct {
}
type Message struct {
Channel string
Payload string
}
type ChannelOption func()
type PubSub struct {
}
type Client struct {
}
type ClusterClient struct {
}
type Ring struct {
}
type UniversalClient interface {
Subscribe(ctx context.Context, channels ...string) *PubSub
PSubscribe(ctx context.Context, channels ...string) *PubSub
Close() error
}
func NewClient(opt *Options) *Client
func NewClusterClient(opt *ClusterOptions) *ClusterClient
func NewFailoverClient(opt *FailoverOptions) *Client
func NewRing(opt *RingOptions) *Ring
func NewUniversalClient(opts *UniversalOptions) UniversalClient
func (c *Client) Close() error
func (c *Client) Subscribe(ctx context.Context, channels ...string) *PubSub
func (c *Client) PSubscribe(ctx context.Context, channels ...string) *PubSub
func (c *ClusterClient) Close() error
func (c *ClusterClient) Subscribe(ctx context.Context, channels ...string) *PubSub
func (c *ClusterClient) PSubscribe(ctx context.Context, channels ...string) *PubSub
func (c *Ring) Close() error
func (c *Ring) Subscribe(ctx context.Context, channels ...string) *PubSub
func (c *Ring) PSubscribe(ctx context.Context, channels ...string) *PubSub
func (c *PubSub) Close() error
func (c *PubSub) Channel(opts ...ChannelOption) <-chan *Message
func (c *PubSub) Receive(ctx context.Context) (any, error)
func (c *PubSub) ReceiveMessage(ctx context.Context) (*Message, error)
func (c *PubSub) ReceiveTimeout(ctx context.Context, timeout time.Duration) (any, error)
func (c *PubSub) Unsubscribe(ctx context.Context, channels ...string) error
`;

const sarama = `package sarama
import "context"
type Config struct {
}
type ProducerMessage struct {
Topic string
}
type ProducerError struct {
Msg *ProducerMessage
Err error
}
type ConsumerMessage struct {
Topic string
Value []byte
Offset int64
}
type ConsumerError struct {
Err error
}
type ConsumerGroupHandler interface {
}
type Client interface {
Close() error
Partitions(topic string) ([]int32, error)
Topics() ([]string, error)
}
type Consumer interface {
Close() error
ConsumePartition(topic string, partition int32, offset int64) (PartitionConsumer, error)
Partitions(topic string) ([]int32, error)
}
type PartitionConsumer interface {
AsyncClose()
Close() error
Messages() <-chan *ConsumerMessage
Errors() <-chan *ConsumerError
}
type ConsumerGroup interface {
Close() error
Consume(ctx context.Context, topics []string, handler ConsumerGroupHandler) error
Errors() <-chan error
}
type AsyncProducer interface {
AsyncClose()
Close() error
Input() chan<- *ProducerMessage
Errors() <-chan *ProducerError
Successes() <-chan *ProducerMessage
}
type SyncProducer interface {
Close() error
SendMessage(msg *ProducerMessage) (partition int32, offset int64, err error)
}
type ClusterAdmin interface {
Close() error
DeleteTopic(topic string) error
}
func NewConfig() *Config
func NewClient(addrs []string, conf *Config) (Client, error)
func NewConsumer(addrs []string, config *Config) (Consumer, error)
func NewConsumerFromClient(client Client) (Consumer, error)
func NewConsumerGroup(addrs []string, groupID string, config *Config) (ConsumerGroup, error)
func NewConsumerGroupFromClient(groupID string, client Client) (ConsumerGroup, error)
func NewAsyncProducer(addrs []string, conf *Config) (AsyncProducer, error)
func NewAsyncProducerFromClient(client Client) (AsyncProducer, error)
func NewSyncProducer(addrs []string, config *Config) (SyncProducer, error)
func NewSyncProducerFromClient(client Client) (SyncProducer, error)
func NewClusterAdmin(addrs []string, conf *Config) (ClusterAdmin, error)
`;

export const brokerDeclarations: Readonly<Record<string, string>> = {
  'github.com/redis/go-redis/v9': redis,
  'github.com/go-redis/redis/v8': redis,
  'github.com/IBM/sarama': sarama,
  'github.com/Shopify/sarama': sarama,
  'github.com/nats-io/nats.go': `package nats
type Option func() error
type Msg struct {
Subject string
Reply string
Data []byte
}
type MsgHandler func(msg *Msg)
type Conn struct {
}
type Subscription struct {
Subject string
}
type Options struct {
Url string
Servers []string
Name string
User string
Password string
Secure bool
}
type JSOpt interface {
}
type PubOpt interface {
}
type PubAck struct {
Stream string
}
type JetStreamContext interface {
Publish(subj string, data []byte, opts ...PubOpt) (*PubAck, error)
}
func Connect(url string, options ...Option) (*Conn, error)
func GetDefaultOptions() Options
func (o Options) Connect() (*Conn, error)
func (nc *Conn) Close()
func (nc *Conn) JetStream(opts ...JSOpt) (JetStreamContext, error)
func (nc *Conn) Drain() error
func (nc *Conn) Flush() error
func (nc *Conn) Publish(subj string, data []byte) error
func (nc *Conn) Subscribe(subj string, cb MsgHandler) (*Subscription, error)
func (nc *Conn) SubscribeSync(subj string) (*Subscription, error)
func (nc *Conn) ChanSubscribe(subj string, ch chan *Msg) (*Subscription, error)
func (nc *Conn) QueueSubscribe(subj, queue string, cb MsgHandler) (*Subscription, error)
func (s *Subscription) AutoUnsubscribe(max int) error
func (s *Subscription) Drain() error
func (s *Subscription) Unsubscribe() error
`,
  'github.com/twmb/franz-go/pkg/kgo': `package kgo
import "context"
type Opt interface {
}
type Fetches []any
type Client struct {
}
func NewClient(opts ...Opt) (*Client, error)
func (cl *Client) Close()
func (cl *Client) CloseAllowingRebalance()
func (cl *Client) Ping(ctx context.Context) error
func (cl *Client) PollFetches(ctx context.Context) Fetches
`,
  'github.com/segmentio/kafka-go': `package kafka
import "context"
type Message struct {
Topic string
Value []byte
}
type ReaderConfig struct {
Brokers []string
Topic string
}
type WriterConfig struct {
Brokers []string
Topic string
}
type ConsumerGroupConfig struct {
}
type Reader struct {
}
type Writer struct {
}
type ConsumerGroup struct {
}
func NewReader(config ReaderConfig) *Reader
func NewWriter(config WriterConfig) *Writer
func NewConsumerGroup(config ConsumerGroupConfig) (*ConsumerGroup, error)
func (r *Reader) Close() error
func (r *Reader) FetchMessage(ctx context.Context) (Message, error)
func (r *Reader) ReadMessage(ctx context.Context) (Message, error)
func (w *Writer) Close() error
func (w *Writer) WriteMessages(ctx context.Context, msgs ...Message) error
func (cg *ConsumerGroup) Close() error
`,
};

/**
 * Declarations of watchers, streams of events and websockets. Written by hand from the packages' documentation (pkg.go.dev); only what the rules
 * about resources ask about.
 */

const websocket = `package websocket
import (
"context"
"net/http"
)
type StatusCode int
type DialOptions struct {
}
type AcceptOptions struct {
}
type MessageType int
type Conn struct {
}
func Dial(ctx context.Context, u string, opts *DialOptions) (*Conn, *http.Response, error)
func Accept(w http.ResponseWriter, r *http.Request, opts *AcceptOptions) (*Conn, error)
func (c *Conn) Close(code StatusCode, reason string) (err error)
func (c *Conn) CloseNow() (err error)
func (c *Conn) CloseRead(ctx context.Context) context.Context
func (c *Conn) Ping(ctx context.Context) error
func (c *Conn) Read(ctx context.Context) (MessageType, []byte, error)
func (c *Conn) Write(ctx context.Context, typ MessageType, p []byte) error
`;

export const watchDeclarations: Readonly<Record<string, string>> = {
  'github.com/coder/websocket': websocket,
  'nhooyr.io/websocket': websocket,
  'github.com/fsnotify/fsnotify': `package fsnotify
type Op uint32
type Event struct {
Name string
Op Op
}
type Watcher struct {
Events chan Event
Errors chan error
}
func NewWatcher() (*Watcher, error)
func NewBufferedWatcher(sz uint) (*Watcher, error)
func (w *Watcher) Add(path string) error
func (w *Watcher) Close() error
func (w *Watcher) Remove(path string) error
`,
  'go.etcd.io/etcd/client/v3': `package clientv3
import "context"
type Config struct {
Endpoints []string
}
type OpOption func()
type WatchResponse struct {
}
type WatchChan <-chan WatchResponse
type Watcher interface {
Watch(ctx context.Context, key string, opts ...OpOption) WatchChan
Close() error
}
type GetResponse struct {
}
type Client struct {
Watcher
}
func New(cfg Config) (*Client, error)
func NewFromURL(url string) (*Client, error)
func NewFromURLs(urls []string) (*Client, error)
func (c *Client) Close() error
func (c *Client) Ctx() context.Context
func (c *Client) Endpoints() []string
func (c *Client) Get(ctx context.Context, key string, opts ...OpOption) (*GetResponse, error)
func (c *Client) Sync(ctx context.Context) error
`,
  'go.etcd.io/etcd/client/v3/concurrency': `package concurrency
import clientv3 "go.etcd.io/etcd/client/v3"
type SessionOption func()
type Session struct {
}
func NewSession(client *clientv3.Client, opts ...SessionOption) (*Session, error)
func (s *Session) Close() error
func (s *Session) Done() <-chan struct{}
func (s *Session) Orphan()
`,
  'k8s.io/apimachinery/pkg/apis/meta/v1': `package v1
type ListOptions struct {
LabelSelector string
FieldSelector string
ResourceVersion string
}
`,
  'k8s.io/api/core/v1': `package v1
type PodLogOptions struct {
Container string
Follow bool
Timestamps bool
}
`,
  'k8s.io/apimachinery/pkg/watch': `package watch
type EventType string
type Event struct {
Type EventType
Object any
}
type Interface interface {
Stop()
ResultChan() <-chan Event
}
`,
  'k8s.io/client-go/informers': `package informers
import (
"reflect"
"time"
)
type SharedInformerFactory interface {
Start(stopCh <-chan struct{})
Shutdown()
WaitForCacheSync(stopCh <-chan struct{}) map[reflect.Type]bool
}
func NewSharedInformerFactory(client any, defaultResync time.Duration) SharedInformerFactory
`,
  'k8s.io/client-go/tools/cache': `package cache
type InformerSynced func() bool
type SharedInformer interface {
Run(stopCh <-chan struct{})
HasSynced() bool
}
type SharedIndexInformer interface {
SharedInformer
}
func NewSharedIndexInformer(lw, exampleObject any, resync int64, indexers any) SharedIndexInformer
func WaitForCacheSync(stopCh <-chan struct{}, cacheSyncs ...InformerSynced) bool
`,
  'k8s.io/client-go/tools/watch': `package watch
import (
"context"
"k8s.io/apimachinery/pkg/watch"
)
type RetryWatcher struct {
}
func NewRetryWatcher(initialResourceVersion string, watcherClient any) (*RetryWatcher, error)
func NewRetryWatcherWithContext(ctx context.Context, initialResourceVersion string, watcherClient any) (*RetryWatcher, error)
func (rw *RetryWatcher) Done() <-chan struct{}
func (rw *RetryWatcher) ResultChan() <-chan watch.Event
func (rw *RetryWatcher) Stop()
`,
  'github.com/aws/aws-sdk-go-v2/service/kinesis': `package kinesis
import "context"
type Client struct {
}
type Options struct {
}
type SubscribeToShardInput struct {
}
type SubscribeToShardOutput struct {
}
type SubscribeToShardEventStream struct {
}
func (c *Client) SubscribeToShard(ctx context.Context, params *SubscribeToShardInput, optFns ...func(*Options)) (*SubscribeToShardOutput, error)
func (o *SubscribeToShardOutput) GetStream() *SubscribeToShardEventStream
func (es *SubscribeToShardEventStream) Close() error
func (es *SubscribeToShardEventStream) Err() error
func (es *SubscribeToShardEventStream) Events() <-chan any
`,
  'github.com/aws/aws-sdk-go-v2/service/s3': `package s3
import (
"context"
"io"
)
type Client struct {
}
type Options struct {
}
type GetObjectInput struct {
}
type GetObjectOutput struct {
Body io.ReadCloser
ContentLength *int64
}
func (c *Client) GetObject(ctx context.Context, params *GetObjectInput, optFns ...func(*Options)) (*GetObjectOutput, error)
`,
  'github.com/spf13/cobra': `package cobra
import "context"
type Command struct {
	Use string
	PreRun func(cmd *Command, args []string)
	PreRunE func(cmd *Command, args []string) error
	Run func(cmd *Command, args []string)
	RunE func(cmd *Command, args []string) error
}
func (c *Command) Context() context.Context
`,
};

import { brokerDeclarations } from './module-brokers.ts';
import { databaseDeclarations } from './module-databases.ts';
import { watchDeclarations } from './module-watches.ts';

/**
 * Declarations of packages outside the standard library that start, bound, subscribe or stop goroutines. Written by
 * hand from the packages' documentation (pkg.go.dev); only what a leak analysis asks about.
 */
export const moduleDeclarations: Readonly<Record<string, string>> = {
  ...brokerDeclarations,
  ...databaseDeclarations,
  ...watchDeclarations,
  'golang.org/x/sync/errgroup': `package errgroup
import "context"
type Group struct {
}
func WithContext(ctx context.Context) (*Group, context.Context)
func (g *Group) Go(f func() error)
func (g *Group) SetLimit(n int)
func (g *Group) TryGo(f func() error) bool
func (g *Group) Wait() error
`,
  'golang.org/x/sync/semaphore': `package semaphore
import "context"
type Weighted struct {
}
func NewWeighted(n int64) *Weighted
func (s *Weighted) Acquire(ctx context.Context, n int64) error
func (s *Weighted) Release(n int64)
func (s *Weighted) TryAcquire(n int64) bool
`,
  'golang.org/x/sync/singleflight': `package singleflight
type Group struct {
}
type Result struct {
Val any
Err error
Shared bool
}
func (g *Group) Do(key string, fn func() (any, error)) (v any, err error, shared bool)
func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result
func (g *Group) Forget(key string)
`,
  'golang.org/x/net/context': `package context
import (
"context"
"time"
)
type Context = context.Context
type CancelFunc = context.CancelFunc
func Background() Context
func TODO() Context
func WithCancel(parent Context) (ctx Context, cancel CancelFunc)
func WithDeadline(parent Context, deadline time.Time) (Context, CancelFunc)
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc)
func WithValue(parent Context, key, val any) Context
`,
  'github.com/sourcegraph/conc': `package conc
type WaitGroup struct {
}
func NewWaitGroup() *WaitGroup
func (h *WaitGroup) Go(f func())
func (h *WaitGroup) Wait()
`,
  'google.golang.org/grpc': `package grpc
import (
"context"
"net"
)
type ClientConn struct {
}
type Server struct {
}
type DialOption interface {
}
type ServerOption interface {
}
type CallOption interface {
}
type ClientStream interface {
CloseSend() error
Context() context.Context
SendMsg(m any) error
RecvMsg(m any) error
}
type ServerStream interface {
Context() context.Context
SendMsg(m any) error
RecvMsg(m any) error
}
func Dial(target string, opts ...DialOption) (*ClientConn, error)
func DialContext(ctx context.Context, target string, opts ...DialOption) (conn *ClientConn, err error)
func NewClient(target string, opts ...DialOption) (conn *ClientConn, err error)
func (cc *ClientConn) Close() error
func NewServer(opt ...ServerOption) *Server
func (s *Server) Serve(lis net.Listener) error
func (s *Server) Stop()
func (s *Server) GracefulStop()
`,
  'github.com/gorilla/websocket': `package websocket
import (
"context"
"io"
"net"
"net/http"
"time"
)
type Conn struct {
}
type Upgrader struct {
}
type Dialer struct {
}
var DefaultDialer *Dialer
func (u *Upgrader) Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header) (*Conn, error)
func Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header, readBufSize, writeBufSize int) (*Conn, error)
func (d *Dialer) Dial(urlStr string, requestHeader http.Header) (*Conn, *http.Response, error)
func (d *Dialer) DialContext(ctx context.Context, urlStr string, requestHeader http.Header) (*Conn, *http.Response, error)
func (c *Conn) Close() error
func (c *Conn) NetConn() net.Conn
func (c *Conn) ReadMessage() (messageType int, p []byte, err error)
func (c *Conn) ReadJSON(v any) error
func (c *Conn) WriteMessage(messageType int, data []byte) error
func (c *Conn) WriteJSON(v any) error
func (c *Conn) WriteControl(messageType int, data []byte, deadline time.Time) error
func (c *Conn) NextReader() (messageType int, r io.Reader, err error)
func (c *Conn) SetReadDeadline(t time.Time) error
func (c *Conn) SetWriteDeadline(t time.Time) error
func (c *Conn) SetPongHandler(h func(appData string) error)
`,
};

/**
 * Exported declarations of packages of Go's standard library, as of Go 1.26: facts, written as Go without bodies.
 * Made from an installed Go by `npx vitest run test/go/stdlib-declarations.test.ts` with UPDATE_STDLIB=1, which also
 * checks it.
 */
export const netDeclarations: Readonly<Record<string, string>> = {
  net: `package net
import "context"
import "errors"
import "internal/poll"
import "io"
import "net/netip"
import "os"
import "syscall"
import "time"
const (
FlagUp Flags = 1 << iota
FlagBroadcast
FlagLoopback
FlagPointToPoint
FlagMulticast
FlagRunning
)
const (
IPv4len = 4
IPv6len = 16
)
func (a *IPAddr) Network() string
func (a *IPAddr) String() string
func (a *TCPAddr) AddrPort() netip.AddrPort
func (a *TCPAddr) Network() string
func (a *TCPAddr) String() string
func (a *UDPAddr) AddrPort() netip.AddrPort
func (a *UDPAddr) Network() string
func (a *UDPAddr) String() string
func (a *UnixAddr) Network() string
func (a *UnixAddr) String() string
func (a HardwareAddr) String() string
func (c *IPConn) ReadFrom(b []byte) (int, Addr, error)
func (c *IPConn) ReadFromIP(b []byte) (int, *IPAddr, error)
func (c *IPConn) ReadMsgIP(b, oob []byte) (n, oobn, flags int, addr *IPAddr, err error)
func (c *IPConn) SyscallConn() (syscall.RawConn, error)
func (c *IPConn) WriteMsgIP(b, oob []byte, addr *IPAddr) (n, oobn int, err error)
func (c *IPConn) WriteTo(b []byte, addr Addr) (int, error)
func (c *IPConn) WriteToIP(b []byte, addr *IPAddr) (int, error)
func (c *TCPConn) CloseRead() error
func (c *TCPConn) CloseWrite() error
func (c *TCPConn) MultipathTCP() (bool, error)
func (c *TCPConn) ReadFrom(r io.Reader) (int64, error)
func (c *TCPConn) SetKeepAlive(keepalive bool) error
func (c *TCPConn) SetKeepAliveConfig(config KeepAliveConfig) error
func (c *TCPConn) SetKeepAlivePeriod(d time.Duration) error
func (c *TCPConn) SetLinger(sec int) error
func (c *TCPConn) SetNoDelay(noDelay bool) error
func (c *TCPConn) SyscallConn() (syscall.RawConn, error)
func (c *TCPConn) WriteTo(w io.Writer) (int64, error)
func (c *UDPConn) ReadFrom(b []byte) (int, Addr, error)
func (c *UDPConn) ReadFromUDP(b []byte) (n int, addr *UDPAddr, err error)
func (c *UDPConn) ReadFromUDPAddrPort(b []byte) (n int, addr netip.AddrPort, err error)
func (c *UDPConn) ReadMsgUDP(b, oob []byte) (n, oobn, flags int, addr *UDPAddr, err error)
func (c *UDPConn) ReadMsgUDPAddrPort(b, oob []byte) (n, oobn, flags int, addr netip.AddrPort, err error)
func (c *UDPConn) SyscallConn() (syscall.RawConn, error)
func (c *UDPConn) WriteMsgUDP(b, oob []byte, addr *UDPAddr) (n, oobn int, err error)
func (c *UDPConn) WriteMsgUDPAddrPort(b, oob []byte, addr netip.AddrPort) (n, oobn int, err error)
func (c *UDPConn) WriteTo(b []byte, addr Addr) (int, error)
func (c *UDPConn) WriteToUDP(b []byte, addr *UDPAddr) (int, error)
func (c *UDPConn) WriteToUDPAddrPort(b []byte, addr netip.AddrPort) (int, error)
func (c *UnixConn) CloseRead() error
func (c *UnixConn) CloseWrite() error
func (c *UnixConn) ReadFrom(b []byte) (int, Addr, error)
func (c *UnixConn) ReadFromUnix(b []byte) (int, *UnixAddr, error)
func (c *UnixConn) ReadMsgUnix(b, oob []byte) (n, oobn, flags int, addr *UnixAddr, err error)
func (c *UnixConn) SyscallConn() (syscall.RawConn, error)
func (c *UnixConn) WriteMsgUnix(b, oob []byte, addr *UnixAddr) (n, oobn int, err error)
func (c *UnixConn) WriteTo(b []byte, addr Addr) (int, error)
func (c *UnixConn) WriteToUnix(b []byte, addr *UnixAddr) (int, error)
func (c *conn) Close() error
func (c *conn) File() (f *os.File, err error)
func (c *conn) LocalAddr() Addr
func (c *conn) Read(b []byte) (int, error)
func (c *conn) RemoteAddr() Addr
func (c *conn) SetDeadline(t time.Time) error
func (c *conn) SetReadBuffer(bytes int) error
func (c *conn) SetReadDeadline(t time.Time) error
func (c *conn) SetWriteBuffer(bytes int) error
func (c *conn) SetWriteDeadline(t time.Time) error
func (c *conn) Write(b []byte) (int, error)
func (c *rawConn) Control(f func(uintptr)) error
func (c *rawConn) Network() poll.String
func (c *rawConn) PollFD() *poll.FD
func (c *rawConn) Read(f func(uintptr) bool) error
func (c *rawConn) Write(f func(uintptr) bool) error
func (d *Dialer) Dial(network, address string) (Conn, error)
func (d *Dialer) DialContext(ctx context.Context, network, address string) (Conn, error)
func (d *Dialer) DialIP(ctx context.Context, network string, laddr netip.Addr, raddr netip.Addr) (*IPConn, error)
func (d *Dialer) DialTCP(ctx context.Context, network string, laddr netip.AddrPort, raddr netip.AddrPort) (*TCPConn, error)
func (d *Dialer) DialUDP(ctx context.Context, network string, laddr netip.AddrPort, raddr netip.AddrPort) (*UDPConn, error)
func (d *Dialer) DialUnix(ctx context.Context, network string, laddr *UnixAddr, raddr *UnixAddr) (*UnixConn, error)
func (d *Dialer) MultipathTCP() bool
func (d *Dialer) SetMultipathTCP(use bool)
func (e *AddrError) Error() string
func (e *AddrError) Temporary() bool
func (e *AddrError) Timeout() bool
func (e *DNSConfigError) Error() string
func (e *DNSConfigError) Temporary() bool
func (e *DNSConfigError) Timeout() bool
func (e *DNSConfigError) Unwrap() error
func (e *DNSError) Error() string
func (e *DNSError) Temporary() bool
func (e *DNSError) Timeout() bool
func (e *DNSError) Unwrap() error
func (e *OpError) Error() string
func (e *OpError) Temporary() bool
func (e *OpError) Timeout() bool
func (e *OpError) Unwrap() error
func (e *ParseError) Error() string
func (e *ParseError) Temporary() bool
func (e *ParseError) Timeout() bool
func (e InvalidAddrError) Error() string
func (e InvalidAddrError) Temporary() bool
func (e InvalidAddrError) Timeout() bool
func (e UnknownNetworkError) Error() string
func (e UnknownNetworkError) Temporary() bool
func (e UnknownNetworkError) Timeout() bool
func (f Flags) String() string
func (ifi *Interface) Addrs() ([]Addr, error)
func (ifi *Interface) MulticastAddrs() ([]Addr, error)
func (ip *IP) UnmarshalText(text []byte) error
func (ip IP) AppendText(b []byte) ([]byte, error)
func (ip IP) DefaultMask() IPMask
func (ip IP) Equal(x IP) bool
func (ip IP) IsGlobalUnicast() bool
func (ip IP) IsInterfaceLocalMulticast() bool
func (ip IP) IsLinkLocalMulticast() bool
func (ip IP) IsLinkLocalUnicast() bool
func (ip IP) IsLoopback() bool
func (ip IP) IsMulticast() bool
func (ip IP) IsPrivate() bool
func (ip IP) IsUnspecified() bool
func (ip IP) MarshalText() ([]byte, error)
func (ip IP) Mask(mask IPMask) IP
func (ip IP) String() string
func (ip IP) To16() IP
func (ip IP) To4() IP
func (l *TCPListener) Accept() (Conn, error)
func (l *TCPListener) AcceptTCP() (*TCPConn, error)
func (l *TCPListener) Addr() Addr
func (l *TCPListener) Close() error
func (l *TCPListener) File() (f *os.File, err error)
func (l *TCPListener) SetDeadline(t time.Time) error
func (l *TCPListener) SyscallConn() (syscall.RawConn, error)
func (l *UnixListener) Accept() (Conn, error)
func (l *UnixListener) AcceptUnix() (*UnixConn, error)
func (l *UnixListener) Addr() Addr
func (l *UnixListener) Close() error
func (l *UnixListener) File() (f *os.File, err error)
func (l *UnixListener) SetDeadline(t time.Time) error
func (l *UnixListener) SetUnlinkOnClose(unlink bool)
func (l *UnixListener) SyscallConn() (syscall.RawConn, error)
func (lc *ListenConfig) Listen(ctx context.Context, network, address string) (Listener, error)
func (lc *ListenConfig) ListenPacket(ctx context.Context, network, address string) (PacketConn, error)
func (lc *ListenConfig) MultipathTCP() bool
func (lc *ListenConfig) SetMultipathTCP(use bool)
func (m IPMask) Size() (ones, bits int)
func (m IPMask) String() string
func (n *IPNet) Contains(ip IP) bool
func (n *IPNet) Network() string
func (n *IPNet) String() string
func (noReadFrom) ReadFrom(io.Reader) (int64, error)
func (noWriteTo) WriteTo(io.Writer) (int64, error)
func (r *Resolver) LookupAddr(ctx context.Context, addr string) ([]string, error)
func (r *Resolver) LookupCNAME(ctx context.Context, host string) (string, error)
func (r *Resolver) LookupHost(ctx context.Context, host string) (addrs []string, err error)
func (r *Resolver) LookupIP(ctx context.Context, network, host string) ([]IP, error)
func (r *Resolver) LookupIPAddr(ctx context.Context, host string) ([]IPAddr, error)
func (r *Resolver) LookupMX(ctx context.Context, name string) ([]*MX, error)
func (r *Resolver) LookupNS(ctx context.Context, name string) ([]*NS, error)
func (r *Resolver) LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
func (r *Resolver) LookupPort(ctx context.Context, network, service string) (port int, err error)
func (r *Resolver) LookupSRV(ctx context.Context, service, proto, name string) (string, []*SRV, error)
func (r *Resolver) LookupTXT(ctx context.Context, name string) ([]string, error)
func (v *Buffers) Read(p []byte) (n int, err error)
func (v *Buffers) WriteTo(w io.Writer) (n int64, err error)
func CIDRMask(ones, bits int) IPMask
func Dial(network, address string) (Conn, error)
func DialIP(network string, laddr, raddr *IPAddr) (*IPConn, error)
func DialTCP(network string, laddr, raddr *TCPAddr) (*TCPConn, error)
func DialTimeout(network, address string, timeout time.Duration) (Conn, error)
func DialUDP(network string, laddr, raddr *UDPAddr) (*UDPConn, error)
func DialUnix(network string, laddr, raddr *UnixAddr) (*UnixConn, error)
func FileConn(f *os.File) (c Conn, err error)
func FileListener(f *os.File) (ln Listener, err error)
func FilePacketConn(f *os.File) (c PacketConn, err error)
func IPv4(a, b, c, d byte) IP
func IPv4Mask(a, b, c, d byte) IPMask
func InterfaceAddrs() ([]Addr, error)
func InterfaceByIndex(index int) (*Interface, error)
func InterfaceByName(name string) (*Interface, error)
func Interfaces() ([]Interface, error)
func JoinHostPort(host, port string) string
func Listen(network, address string) (Listener, error)
func ListenIP(network string, laddr *IPAddr) (*IPConn, error)
func ListenMulticastUDP(network string, ifi *Interface, gaddr *UDPAddr) (*UDPConn, error)
func ListenPacket(network, address string) (PacketConn, error)
func ListenTCP(network string, laddr *TCPAddr) (*TCPListener, error)
func ListenUDP(network string, laddr *UDPAddr) (*UDPConn, error)
func ListenUnix(network string, laddr *UnixAddr) (*UnixListener, error)
func ListenUnixgram(network string, laddr *UnixAddr) (*UnixConn, error)
func LookupAddr(addr string) (names []string, err error)
func LookupCNAME(host string) (cname string, err error)
func LookupHost(host string) (addrs []string, err error)
func LookupIP(host string) ([]IP, error)
func LookupMX(name string) ([]*MX, error)
func LookupNS(name string) ([]*NS, error)
func LookupPort(network, service string) (port int, err error)
func LookupSRV(service, proto, name string) (cname string, addrs []*SRV, err error)
func LookupTXT(name string) ([]string, error)
func ParseCIDR(s string) (IP, *IPNet, error)
func ParseIP(s string) IP
func ParseMAC(s string) (hw HardwareAddr, err error)
func Pipe() (Conn, Conn)
func ResolveIPAddr(network, address string) (*IPAddr, error)
func ResolveTCPAddr(network, address string) (*TCPAddr, error)
func ResolveUDPAddr(network, address string) (*UDPAddr, error)
func ResolveUnixAddr(network, address string) (*UnixAddr, error)
func SplitHostPort(hostport string) (host, port string, err error)
func TCPAddrFromAddrPort(addr netip.AddrPort) *TCPAddr
func UDPAddrFromAddrPort(addr netip.AddrPort) *UDPAddr
type Addr interface {
Network() string
String() string
}
type AddrError struct {
Err string
Addr string
}
type Buffers [][]byte
type Conn interface {
Read(b []byte) (n int, err error)
Write(b []byte) (n int, err error)
Close() error
LocalAddr() Addr
RemoteAddr() Addr
SetDeadline(t time.Time) error
SetReadDeadline(t time.Time) error
SetWriteDeadline(t time.Time) error
}
type DNSConfigError struct {
Err error
}
type DNSError struct {
UnwrapErr error
Err string
Name string
Server string
IsTimeout bool
IsTemporary bool
IsNotFound bool
}
type Dialer struct {
Timeout time.Duration
Deadline time.Time
LocalAddr Addr
DualStack bool
FallbackDelay time.Duration
KeepAlive time.Duration
KeepAliveConfig KeepAliveConfig
Resolver *Resolver
Cancel <-chan struct{}
Control func(network, address string, c syscall.RawConn) error
ControlContext func(ctx context.Context, network, address string, c syscall.RawConn) error
}
type Error interface {
error
Timeout() bool
Temporary() bool
}
type Flags uint
type HardwareAddr []byte
type IP []byte
type IPAddr struct {
IP IP
Zone string
}
type IPConn struct {
conn
}
type IPMask []byte
type IPNet struct {
IP IP
Mask IPMask
}
type Interface struct {
Index int
MTU int
Name string
HardwareAddr HardwareAddr
Flags Flags
}
type InvalidAddrError string
type KeepAliveConfig struct {
Enable bool
Idle time.Duration
Interval time.Duration
Count int
}
type ListenConfig struct {
Control func(network, address string, c syscall.RawConn) error
KeepAlive time.Duration
KeepAliveConfig KeepAliveConfig
}
type Listener interface {
Accept() (Conn, error)
Close() error
Addr() Addr
}
type MX struct {
Host string
Pref uint16
}
type NS struct {
Host string
}
type OpError struct {
Op string
Net string
Source Addr
Addr Addr
Err error
}
type PacketConn interface {
ReadFrom(p []byte) (n int, addr Addr, err error)
WriteTo(p []byte, addr Addr) (n int, err error)
Close() error
LocalAddr() Addr
SetDeadline(t time.Time) error
SetReadDeadline(t time.Time) error
SetWriteDeadline(t time.Time) error
}
type ParseError struct {
Type string
Text string
}
type Resolver struct {
PreferGo bool
StrictErrors bool
Dial func(ctx context.Context, network, address string) (Conn, error)
}
type SRV struct {
Target string
Port uint16
Priority uint16
Weight uint16
}
type TCPAddr struct {
IP IP
Port int
Zone string
}
type TCPConn struct {
conn
}
type TCPListener struct {

}
type UDPAddr struct {
IP IP
Port int
Zone string
}
type UDPConn struct {
conn
}
type UnixAddr struct {
Name string
Net string
}
type UnixConn struct {
conn
}
type UnixListener struct {

}
type UnknownNetworkError string
type conn struct {

}
type noReadFrom struct {

}
type noWriteTo struct {

}
type rawConn struct {

}
var DefaultResolver = &Resolver{}
var ErrClosed error = errClosed
var ErrWriteToConnected = errors.New("use of WriteTo with pre-connected connection")
var IPv4allrouter = IPv4(224, 0, 0, 2)
var IPv4allsys = IPv4(224, 0, 0, 1)
var IPv4bcast = IPv4(255, 255, 255, 255)
var IPv4zero = IPv4(0, 0, 0, 0)
var IPv6interfacelocalallnodes = IP{0xff, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01}
var IPv6linklocalallnodes = IP{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01}
var IPv6linklocalallrouters = IP{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02}
var IPv6loopback = IP{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
var IPv6unspecified = IP{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
var IPv6zero = IP{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
`,
  'net/http': `package http
import "bufio"
import "context"
import "crypto/tls"
import "errors"
import "io"
import "io/fs"
import "log"
import "mime/multipart"
import "net"
import "net/http/internal"
import "net/url"
import "time"
const (
DefaultMaxHeaderBytes = 1 << 20
)
const (
DefaultMaxIdleConnsPerHost = 2
)
const (
MethodGet = "GET"
MethodHead = "HEAD"
MethodPost = "POST"
MethodPut = "PUT"
MethodPatch = "PATCH"
MethodDelete = "DELETE"
MethodConnect = "CONNECT"
MethodOptions = "OPTIONS"
MethodTrace = "TRACE"
)
const (
SameSiteDefaultMode SameSite = iota + 1
SameSiteLaxMode
SameSiteStrictMode
SameSiteNoneMode
)
const (
StateNew ConnState = iota
StateActive
StateIdle
StateHijacked
StateClosed
)
const (
StatusContinue = 100
StatusSwitchingProtocols = 101
StatusProcessing = 102
StatusEarlyHints = 103
StatusOK = 200
StatusCreated = 201
StatusAccepted = 202
StatusNonAuthoritativeInfo = 203
StatusNoContent = 204
StatusResetContent = 205
StatusPartialContent = 206
StatusMultiStatus = 207
StatusAlreadyReported = 208
StatusIMUsed = 226
StatusMultipleChoices = 300
StatusMovedPermanently = 301
StatusFound = 302
StatusSeeOther = 303
StatusNotModified = 304
StatusUseProxy = 305
_ = 306
StatusTemporaryRedirect = 307
StatusPermanentRedirect = 308
StatusBadRequest = 400
StatusUnauthorized = 401
StatusPaymentRequired = 402
StatusForbidden = 403
StatusNotFound = 404
StatusMethodNotAllowed = 405
StatusNotAcceptable = 406
StatusProxyAuthRequired = 407
StatusRequestTimeout = 408
StatusConflict = 409
StatusGone = 410
StatusLengthRequired = 411
StatusPreconditionFailed = 412
StatusRequestEntityTooLarge = 413
StatusRequestURITooLong = 414
StatusUnsupportedMediaType = 415
StatusRequestedRangeNotSatisfiable = 416
StatusExpectationFailed = 417
StatusTeapot = 418
StatusMisdirectedRequest = 421
StatusUnprocessableEntity = 422
StatusLocked = 423
StatusFailedDependency = 424
StatusTooEarly = 425
StatusUpgradeRequired = 426
StatusPreconditionRequired = 428
StatusTooManyRequests = 429
StatusRequestHeaderFieldsTooLarge = 431
StatusUnavailableForLegalReasons = 451
StatusInternalServerError = 500
StatusNotImplemented = 501
StatusBadGateway = 502
StatusServiceUnavailable = 503
StatusGatewayTimeout = 504
StatusHTTPVersionNotSupported = 505
StatusVariantAlsoNegotiates = 506
StatusInsufficientStorage = 507
StatusLoopDetected = 508
StatusNotExtended = 510
StatusNetworkAuthenticationRequired = 511
)
const (
TimeFormat = "Mon, 02 Jan 2006 15:04:05 GMT"
)
const (
TrailerPrefix = "Trailer:"
)
func (c *Client) CloseIdleConnections()
func (c *Client) Do(req *Request) (*Response, error)
func (c *Client) Get(url string) (resp *Response, err error)
func (c *Client) Head(url string) (resp *Response, err error)
func (c *Client) Post(url, contentType string, body io.Reader) (resp *Response, err error)
func (c *Client) PostForm(url string, data url.Values) (resp *Response, err error)
func (c *Cookie) String() string
func (c *Cookie) Valid() error
func (c *CrossOriginProtection) AddInsecureBypassPattern(pattern string)
func (c *CrossOriginProtection) AddTrustedOrigin(origin string) error
func (c *CrossOriginProtection) Check(req *Request) error
func (c *CrossOriginProtection) Handler(h Handler) Handler
func (c *CrossOriginProtection) SetDenyHandler(h Handler)
func (c *ResponseController) EnableFullDuplex() error
func (c *ResponseController) Flush() error
func (c *ResponseController) Hijack() (net.Conn, *bufio.ReadWriter, error)
func (c *ResponseController) SetReadDeadline(deadline time.Time) error
func (c *ResponseController) SetWriteDeadline(deadline time.Time) error
func (c ConnState) String() string
func (cc *ClientConn) Available() int
func (cc *ClientConn) Close() error
func (cc *ClientConn) Err() error
func (cc *ClientConn) InFlight() int
func (cc *ClientConn) Release()
func (cc *ClientConn) Reserve() error
func (cc *ClientConn) RoundTrip(req *Request) (*Response, error)
func (cc *ClientConn) SetStateHook(f func(*ClientConn))
func (d Dir) Open(name string) (File, error)
func (e *MaxBytesError) Error() string
func (f *http2HeadersFrame) HasPriority() bool
func (f *http2HeadersFrame) HeaderBlockFragment() []byte
func (f *http2HeadersFrame) HeadersEnded() bool
func (f *http2HeadersFrame) StreamEnded() bool
func (f HandlerFunc) ServeHTTP(w ResponseWriter, r *Request)
func (h Header) Add(key, value string)
func (h Header) Clone() Header
func (h Header) Del(key string)
func (h Header) Get(key string) string
func (h Header) Set(key, value string)
func (h Header) Values(key string) []string
func (h Header) Write(w io.Writer) error
func (h Header) WriteSubset(w io.Writer, exclude map[string]bool) error
func (h http2FrameHeader) Header() http2FrameHeader
func (h http2FrameHeader) String() string
func (mux *ServeMux) Handle(pattern string, handler Handler)
func (mux *ServeMux) HandleFunc(pattern string, handler func(ResponseWriter, *Request))
func (mux *ServeMux) Handler(r *Request) (h Handler, pattern string)
func (mux *ServeMux) ServeHTTP(w ResponseWriter, r *Request)
func (p *Protocols) SetHTTP1(ok bool)
func (p *Protocols) SetHTTP2(ok bool)
func (p *Protocols) SetUnencryptedHTTP2(ok bool)
func (p *http2clientConnPool) GetClientConn(req *Request, addr string) (*http2ClientConn, error)
func (p *http2clientConnPool) MarkDead(cc *http2ClientConn)
func (p Protocols) HTTP1() bool
func (p Protocols) HTTP2() bool
func (p Protocols) String() string
func (p Protocols) UnencryptedHTTP2() bool
func (p http2PriorityParam) IsZero() bool
func (pe *ProtocolError) Error() string
func (pe *ProtocolError) Is(err error) bool
func (r *Request) AddCookie(c *Cookie)
func (r *Request) BasicAuth() (username, password string, ok bool)
func (r *Request) Clone(ctx context.Context) *Request
func (r *Request) Context() context.Context
func (r *Request) Cookie(name string) (*Cookie, error)
func (r *Request) Cookies() []*Cookie
func (r *Request) CookiesNamed(name string) []*Cookie
func (r *Request) FormFile(key string) (multipart.File, *multipart.FileHeader, error)
func (r *Request) FormValue(key string) string
func (r *Request) MultipartReader() (*multipart.Reader, error)
func (r *Request) ParseForm() error
func (r *Request) ParseMultipartForm(maxMemory int64) error
func (r *Request) PathValue(name string) string
func (r *Request) PostFormValue(key string) string
func (r *Request) ProtoAtLeast(major, minor int) bool
func (r *Request) Referer() string
func (r *Request) SetBasicAuth(username, password string)
func (r *Request) SetPathValue(name, value string)
func (r *Request) UserAgent() string
func (r *Request) WithContext(ctx context.Context) *Request
func (r *Request) Write(w io.Writer) error
func (r *Request) WriteProxy(w io.Writer) error
func (r *Response) Cookies() []*Cookie
func (r *Response) Location() (*url.URL, error)
func (r *Response) ProtoAtLeast(major, minor int) bool
func (r *Response) Write(w io.Writer) error
func (s *Server) Close() error
func (s *Server) ListenAndServe() error
func (s *Server) ListenAndServeTLS(certFile, keyFile string) error
func (s *Server) RegisterOnShutdown(f func())
func (s *Server) Serve(l net.Listener) error
func (s *Server) ServeTLS(l net.Listener, certFile, keyFile string) error
func (s *Server) SetKeepAlivesEnabled(v bool)
func (s *Server) Shutdown(ctx context.Context) error
func (t *Transport) CancelRequest(req *Request)
func (t *Transport) Clone() *Transport
func (t *Transport) CloseIdleConnections()
func (t *Transport) NewClientConn(ctx context.Context, scheme, address string) (*ClientConn, error)
func (t *Transport) RegisterProtocol(scheme string, rt RoundTripper)
func (t *Transport) RoundTrip(req *Request) (*Response, error)
func (t *http2Transport) CloseIdleConnections()
func (t *http2Transport) NewClientConn(c net.Conn) (*http2ClientConn, error)
func (t *http2Transport) RoundTrip(req *Request) (*Response, error)
func (t *http2Transport) RoundTripOpt(req *Request, opt http2RoundTripOpt) (*Response, error)
func AllowQuerySemicolons(h Handler) Handler
func CanonicalHeaderKey(s string) string
func DetectContentType(data []byte) string
func Error(w ResponseWriter, error string, code int)
func FS(fsys fs.FS) FileSystem
func FileServer(root FileSystem) Handler
func FileServerFS(root fs.FS) Handler
func Get(url string) (resp *Response, err error)
func Handle(pattern string, handler Handler)
func HandleFunc(pattern string, handler func(ResponseWriter, *Request))
func Head(url string) (resp *Response, err error)
func ListenAndServe(addr string, handler Handler) error
func ListenAndServeTLS(addr, certFile, keyFile string, handler Handler) error
func MaxBytesHandler(h Handler, n int64) Handler
func MaxBytesReader(w ResponseWriter, r io.ReadCloser, n int64) io.ReadCloser
func NewCrossOriginProtection() *CrossOriginProtection
func NewFileTransport(fs FileSystem) RoundTripper
func NewFileTransportFS(fsys fs.FS) RoundTripper
func NewRequest(method, url string, body io.Reader) (*Request, error)
func NewRequestWithContext(ctx context.Context, method, url string, body io.Reader) (*Request, error)
func NewResponseController(rw ResponseWriter) *ResponseController
func NewServeMux() *ServeMux
func NotFound(w ResponseWriter, r *Request)
func NotFoundHandler() Handler
func ParseCookie(line string) ([]*Cookie, error)
func ParseHTTPVersion(vers string) (major, minor int, ok bool)
func ParseSetCookie(line string) (*Cookie, error)
func ParseTime(text string) (t time.Time, err error)
func Post(url, contentType string, body io.Reader) (resp *Response, err error)
func PostForm(url string, data url.Values) (resp *Response, err error)
func ProxyFromEnvironment(req *Request) (*url.URL, error)
func ProxyURL(fixedURL *url.URL) func(*Request) (*url.URL, error)
func ReadRequest(b *bufio.Reader) (*Request, error)
func ReadResponse(r *bufio.Reader, req *Request) (*Response, error)
func Redirect(w ResponseWriter, r *Request, url string, code int)
func RedirectHandler(url string, code int) Handler
func Serve(l net.Listener, handler Handler) error
func ServeContent(w ResponseWriter, req *Request, name string, modtime time.Time, content io.ReadSeeker)
func ServeFile(w ResponseWriter, r *Request, name string)
func ServeFileFS(w ResponseWriter, r *Request, fsys fs.FS, name string)
func ServeTLS(l net.Listener, handler Handler, certFile, keyFile string) error
func SetCookie(w ResponseWriter, cookie *Cookie)
func StatusText(code int) string
func StripPrefix(prefix string, h Handler) Handler
func TimeoutHandler(h Handler, dt time.Duration, msg string) Handler
type Client struct {
Transport RoundTripper
CheckRedirect func(req *Request, via []*Request) error
Jar CookieJar
Timeout time.Duration
}
type ClientConn struct {

}
type CloseNotifier interface {
CloseNotify() <-chan bool
}
type ConnState int
type Cookie struct {
Name string
Value string
Quoted bool
Path string
Domain string
Expires time.Time
RawExpires string
MaxAge int
Secure bool
HttpOnly bool
SameSite SameSite
Partitioned bool
Raw string
Unparsed []string
}
type CookieJar interface {
SetCookies(u *url.URL, cookies []*Cookie)
Cookies(u *url.URL) []*Cookie
}
type CrossOriginProtection struct {

}
type Dir string
type File interface {
io.Closer
io.Reader
io.Seeker
Readdir(count int) ([]fs.FileInfo, error)
Stat() (fs.FileInfo, error)
}
type FileSystem interface {
Open(name string) (File, error)
}
type Flusher interface {
Flush()
}
type HTTP2Config struct {
MaxConcurrentStreams int
StrictMaxConcurrentRequests bool
MaxDecoderHeaderTableSize int
MaxEncoderHeaderTableSize int
MaxReadFrameSize int
MaxReceiveBufferPerConnection int
MaxReceiveBufferPerStream int
SendPingTimeout time.Duration
PingTimeout time.Duration
WriteByteTimeout time.Duration
PermitProhibitedCipherSuites bool
CountError func(errType string)
}
type Handler interface {
ServeHTTP(ResponseWriter, *Request)
}
type HandlerFunc func(ResponseWriter, *Request)
type Header map[string][]string
type Hijacker interface {
Hijack() (net.Conn, *bufio.ReadWriter, error)
}
type MaxBytesError struct {
Limit int64
}
type ProtocolError struct {
ErrorString string
}
type Protocols struct {

}
type PushOptions struct {
Method string
Header Header
}
type Pusher interface {
Push(target string, opts *PushOptions) error
}
type Request struct {
Method string
URL *url.URL
Proto string
ProtoMajor int
ProtoMinor int
Header Header
Body io.ReadCloser
GetBody func() (io.ReadCloser, error)
ContentLength int64
TransferEncoding []string
Close bool
Host string
Form url.Values
PostForm url.Values
MultipartForm *multipart.Form
Trailer Header
RemoteAddr string
RequestURI string
TLS *tls.ConnectionState
Cancel <-chan struct{}
Response *Response
Pattern string
}
type Response struct {
Status string
StatusCode int
Proto string
ProtoMajor int
ProtoMinor int
Header Header
Body io.ReadCloser
ContentLength int64
TransferEncoding []string
Close bool
Uncompressed bool
Trailer Header
Request *Request
TLS *tls.ConnectionState
}
type ResponseController struct {

}
type ResponseWriter interface {
Header() Header
Write([]byte) (int, error)
WriteHeader(statusCode int)
}
type RoundTripper interface {
RoundTrip(*Request) (*Response, error)
}
type SameSite int
type ServeMux struct {

}
type Server struct {
Addr string
Handler Handler
DisableGeneralOptionsHandler bool
TLSConfig *tls.Config
ReadTimeout time.Duration
ReadHeaderTimeout time.Duration
WriteTimeout time.Duration
IdleTimeout time.Duration
MaxHeaderBytes int
TLSNextProto map[string]func(*Server, *tls.Conn, Handler)
ConnState func(net.Conn, ConnState)
ErrorLog *log.Logger
BaseContext func(net.Listener) context.Context
ConnContext func(ctx context.Context, c net.Conn) context.Context
HTTP2 *HTTP2Config
Protocols *Protocols
}
type Transport struct {
Proxy func(*Request) (*url.URL, error)
OnProxyConnectResponse func(ctx context.Context, proxyURL *url.URL, connectReq *Request, connectRes *Response) error
DialContext func(ctx context.Context, network, addr string) (net.Conn, error)
Dial func(network, addr string) (net.Conn, error)
DialTLSContext func(ctx context.Context, network, addr string) (net.Conn, error)
DialTLS func(network, addr string) (net.Conn, error)
TLSClientConfig *tls.Config
TLSHandshakeTimeout time.Duration
DisableKeepAlives bool
DisableCompression bool
MaxIdleConns int
MaxIdleConnsPerHost int
MaxConnsPerHost int
IdleConnTimeout time.Duration
ResponseHeaderTimeout time.Duration
ExpectContinueTimeout time.Duration
TLSNextProto map[string]func(authority string, c *tls.Conn) RoundTripper
ProxyConnectHeader Header
GetProxyConnectHeader func(ctx context.Context, proxyURL *url.URL, target string) (Header, error)
MaxResponseHeaderBytes int64
WriteBufferSize int
ReadBufferSize int
ForceAttemptHTTP2 bool
HTTP2 *HTTP2Config
Protocols *Protocols
}
type http2FrameHeader struct {
Type http2FrameType
Flags http2Flags
Length uint32
StreamID uint32
}
type http2HeadersFrame struct {
http2FrameHeader
Priority http2PriorityParam
}
type http2PriorityParam struct {
StreamDep uint32
Exclusive bool
Weight uint8
}
type http2Transport struct {
DialTLSContext func(ctx context.Context, network, addr string, cfg *tls.Config) (net.Conn, error)
DialTLS func(network, addr string, cfg *tls.Config) (net.Conn, error)
TLSClientConfig *tls.Config
ConnPool http2ClientConnPool
DisableCompression bool
AllowHTTP bool
MaxHeaderListSize uint32
MaxReadFrameSize uint32
MaxDecoderHeaderTableSize uint32
MaxEncoderHeaderTableSize uint32
StrictMaxConcurrentStreams bool
IdleConnTimeout time.Duration
ReadIdleTimeout time.Duration
PingTimeout time.Duration
WriteByteTimeout time.Duration
CountError func(errType string)
*http2transportTestHooks
}
type http2clientConnPool struct {

}
type http2transportTestHooks struct {

}
var DefaultClient = &Client{}
var DefaultServeMux = &defaultServeMux
var ErrAbortHandler = errors.New("net/http: abort Handler")
var ErrBodyNotAllowed = errors.New("http: request method or response status code does not allow body")
var ErrBodyReadAfterClose = errors.New("http: invalid Read on closed Body")
var ErrContentLength = errors.New("http: wrote more than the declared Content-Length")
var ErrHandlerTimeout = errors.New("http: Handler timeout")
var ErrHeaderTooLong = &ProtocolError{"header too long"}
var ErrHijacked = errors.New("http: connection has been hijacked")
var ErrLineTooLong = internal.ErrLineTooLong
var ErrMissingBoundary = &ProtocolError{"no multipart boundary param in Content-Type"}
var ErrMissingContentLength = &ProtocolError{"missing ContentLength in HEAD response"}
var ErrMissingFile = errors.New("http: no such file")
var ErrNoCookie = errors.New("http: named cookie not present")
var ErrNoLocation = errors.New("http: no Location header in response")
var ErrNotMultipart = &ProtocolError{"request Content-Type isn't multipart/form-data"}
var ErrNotSupported = &ProtocolError{"feature not supported"}
var ErrSchemeMismatch = errors.New("http: server gave HTTP response to HTTPS client")
var ErrServerClosed = errors.New("http: Server closed")
var ErrShortBody = &ProtocolError{"entity body too short"}
var ErrSkipAltProtocol = errors.New("net/http: skip alternate protocol")
var ErrUnexpectedTrailer = &ProtocolError{"trailer header without chunked transfer encoding"}
var ErrUseLastResponse = errors.New("net/http: use last response")
var ErrWriteAfterFlush = errors.New("unused")
var LocalAddrContextKey = &contextKey{"local-addr"}
var NoBody = noBody{}
var ServerContextKey = &contextKey{"http-server"}
`,
  'net/http/httptest': `package httptest
import "bytes"
import "context"
import "crypto/tls"
import "crypto/x509"
import "io"
import "net"
import "net/http"
const (
DefaultRemoteAddr = "1.2.3.4"
)
func (rw *ResponseRecorder) Flush()
func (rw *ResponseRecorder) Header() http.Header
func (rw *ResponseRecorder) Result() *http.Response
func (rw *ResponseRecorder) Write(buf []byte) (int, error)
func (rw *ResponseRecorder) WriteHeader(code int)
func (rw *ResponseRecorder) WriteString(str string) (int, error)
func (s *Server) Certificate() *x509.Certificate
func (s *Server) Client() *http.Client
func (s *Server) Close()
func (s *Server) CloseClientConnections()
func (s *Server) Start()
func (s *Server) StartTLS()
func NewRecorder() *ResponseRecorder
func NewRequest(method, target string, body io.Reader) *http.Request
func NewRequestWithContext(ctx context.Context, method, target string, body io.Reader) *http.Request
func NewServer(handler http.Handler) *Server
func NewTLSServer(handler http.Handler) *Server
func NewUnstartedServer(handler http.Handler) *Server
type ResponseRecorder struct {
Code int
HeaderMap http.Header
Body *bytes.Buffer
Flushed bool
}
type Server struct {
URL string
Listener net.Listener
EnableHTTP2 bool
TLS *tls.Config
Config *http.Server
}
`,
  'net/http/httputil': `package httputil
import "bufio"
import "io"
import "log"
import "net"
import "net/http"
import "net/http/internal"
import "net/url"
import "time"
func (cc *ClientConn) Close() error
func (cc *ClientConn) Do(req *http.Request) (*http.Response, error)
func (cc *ClientConn) Hijack() (c net.Conn, r *bufio.Reader)
func (cc *ClientConn) Pending() int
func (cc *ClientConn) Read(req *http.Request) (resp *http.Response, err error)
func (cc *ClientConn) Write(req *http.Request) error
func (p *ReverseProxy) ServeHTTP(rw http.ResponseWriter, req *http.Request)
func (r *ProxyRequest) SetURL(target *url.URL)
func (r *ProxyRequest) SetXForwarded()
func (sc *ServerConn) Close() error
func (sc *ServerConn) Hijack() (net.Conn, *bufio.Reader)
func (sc *ServerConn) Pending() int
func (sc *ServerConn) Read() (*http.Request, error)
func (sc *ServerConn) Write(req *http.Request, resp *http.Response) error
func DumpRequest(req *http.Request, body bool) ([]byte, error)
func DumpRequestOut(req *http.Request, body bool) ([]byte, error)
func DumpResponse(resp *http.Response, body bool) ([]byte, error)
func NewChunkedReader(r io.Reader) io.Reader
func NewChunkedWriter(w io.Writer) io.WriteCloser
func NewClientConn(c net.Conn, r *bufio.Reader) *ClientConn
func NewProxyClientConn(c net.Conn, r *bufio.Reader) *ClientConn
func NewServerConn(c net.Conn, r *bufio.Reader) *ServerConn
func NewSingleHostReverseProxy(target *url.URL) *ReverseProxy
type BufferPool interface {
Get() []byte
Put([]byte)
}
type ClientConn struct {

}
type ProxyRequest struct {
In *http.Request
Out *http.Request
}
type ReverseProxy struct {
Rewrite func(*ProxyRequest)
Transport http.RoundTripper
FlushInterval time.Duration
ErrorLog *log.Logger
BufferPool BufferPool
ModifyResponse func(*http.Response) error
ErrorHandler func(http.ResponseWriter, *http.Request, error)
Director func(*http.Request)
}
type ServerConn struct {

}
var ErrClosed = &http.ProtocolError{ErrorString: "connection closed by user"}
var ErrLineTooLong = internal.ErrLineTooLong
var ErrPersistEOF = &http.ProtocolError{ErrorString: "persistent connection closed"}
var ErrPipeline = &http.ProtocolError{ErrorString: "pipeline error"}
`,
  'net/rpc': `package rpc
import "errors"
import "io"
import "net"
import "net/http"
const (
DefaultRPCPath = "/_goRPC_"
DefaultDebugPath = "/debug/rpc"
)
func (client *Client) Call(serviceMethod string, args any, reply any) error
func (client *Client) Close() error
func (client *Client) Go(serviceMethod string, args any, reply any, done chan *Call) *Call
func (e ServerError) Error() string
func (server *Server) Accept(lis net.Listener)
func (server *Server) HandleHTTP(rpcPath, debugPath string)
func (server *Server) Register(rcvr any) error
func (server *Server) RegisterName(name string, rcvr any) error
func (server *Server) ServeCodec(codec ServerCodec)
func (server *Server) ServeConn(conn io.ReadWriteCloser)
func (server *Server) ServeHTTP(w http.ResponseWriter, req *http.Request)
func (server *Server) ServeRequest(codec ServerCodec) error
func Accept(lis net.Listener)
func Dial(network, address string) (*Client, error)
func DialHTTP(network, address string) (*Client, error)
func DialHTTPPath(network, address, path string) (*Client, error)
func HandleHTTP()
func NewClient(conn io.ReadWriteCloser) *Client
func NewClientWithCodec(codec ClientCodec) *Client
func NewServer() *Server
func Register(rcvr any) error
func RegisterName(name string, rcvr any) error
func ServeCodec(codec ServerCodec)
func ServeConn(conn io.ReadWriteCloser)
func ServeRequest(codec ServerCodec) error
type Call struct {
ServiceMethod string
Args any
Reply any
Error error
Done chan *Call
}
type Client struct {

}
type ClientCodec interface {
WriteRequest(*Request, any) error
ReadResponseHeader(*Response) error
ReadResponseBody(any) error
Close() error
}
type Request struct {
ServiceMethod string
Seq uint64
}
type Response struct {
ServiceMethod string
Seq uint64
Error string
}
type Server struct {

}
type ServerCodec interface {
ReadRequestHeader(*Request) error
ReadRequestBody(any) error
WriteResponse(*Response, any) error
Close() error
}
type ServerError string
var DefaultServer = NewServer()
var ErrShutdown = errors.New("connection is shut down")
`,
  'net/textproto': `package textproto
import "bufio"
import "io"
func (c *Conn) Close() error
func (c *Conn) Cmd(format string, args ...any) (id uint, err error)
func (e *Error) Error() string
func (h MIMEHeader) Add(key, value string)
func (h MIMEHeader) Del(key string)
func (h MIMEHeader) Get(key string) string
func (h MIMEHeader) Set(key, value string)
func (h MIMEHeader) Values(key string) []string
func (p *Pipeline) EndRequest(id uint)
func (p *Pipeline) EndResponse(id uint)
func (p *Pipeline) Next() uint
func (p *Pipeline) StartRequest(id uint)
func (p *Pipeline) StartResponse(id uint)
func (p ProtocolError) Error() string
func (r *Reader) DotReader() io.Reader
func (r *Reader) ReadCodeLine(expectCode int) (code int, message string, err error)
func (r *Reader) ReadContinuedLine() (string, error)
func (r *Reader) ReadContinuedLineBytes() ([]byte, error)
func (r *Reader) ReadDotBytes() ([]byte, error)
func (r *Reader) ReadDotLines() ([]string, error)
func (r *Reader) ReadLine() (string, error)
func (r *Reader) ReadLineBytes() ([]byte, error)
func (r *Reader) ReadMIMEHeader() (MIMEHeader, error)
func (r *Reader) ReadResponse(expectCode int) (code int, message string, err error)
func (w *Writer) DotWriter() io.WriteCloser
func (w *Writer) PrintfLine(format string, args ...any) error
func CanonicalMIMEHeaderKey(s string) string
func Dial(network, addr string) (*Conn, error)
func NewConn(conn io.ReadWriteCloser) *Conn
func NewReader(r *bufio.Reader) *Reader
func NewWriter(w *bufio.Writer) *Writer
func TrimBytes(b []byte) []byte
func TrimString(s string) string
type Conn struct {
Reader
Writer
Pipeline
}
type Error struct {
Code int
Msg string
}
type MIMEHeader map[string][]string
type Pipeline struct {

}
type ProtocolError string
type Reader struct {
R *bufio.Reader
}
type Writer struct {
W *bufio.Writer
}
`,
  'mime/multipart': `package multipart
import "errors"
import "io"
import "net/textproto"
func (f *Form) RemoveAll() error
func (fh *FileHeader) Open() (File, error)
func (p *Part) Close() error
func (p *Part) FileName() string
func (p *Part) FormName() string
func (p *Part) Read(d []byte) (n int, err error)
func (r *Reader) NextPart() (*Part, error)
func (r *Reader) NextRawPart() (*Part, error)
func (r *Reader) ReadForm(maxMemory int64) (*Form, error)
func (w *Writer) Boundary() string
func (w *Writer) Close() error
func (w *Writer) CreateFormField(fieldname string) (io.Writer, error)
func (w *Writer) CreateFormFile(fieldname, filename string) (io.Writer, error)
func (w *Writer) CreatePart(header textproto.MIMEHeader) (io.Writer, error)
func (w *Writer) FormDataContentType() string
func (w *Writer) SetBoundary(boundary string) error
func (w *Writer) WriteField(fieldname, value string) error
func FileContentDisposition(fieldname, filename string) string
func NewReader(r io.Reader, boundary string) *Reader
func NewWriter(w io.Writer) *Writer
type File interface {
io.Reader
io.ReaderAt
io.Seeker
io.Closer
}
type FileHeader struct {
Filename string
Header textproto.MIMEHeader
Size int64
}
type Form struct {
Value map[string][]string
File map[string][]*FileHeader
}
type Part struct {
Header textproto.MIMEHeader
}
type Reader struct {

}
type Writer struct {

}
var ErrMessageTooLarge = errors.New("multipart: message too large")
`,
  'crypto/tls': `package tls
import "context"
import "crypto"
import "crypto/x509"
import "io"
import "net"
import "time"
const (
CurveP256 CurveID = 23
CurveP384 CurveID = 24
CurveP521 CurveID = 25
X25519 CurveID = 29
X25519MLKEM768 CurveID = 4588
SecP256r1MLKEM768 CurveID = 4587
SecP384r1MLKEM1024 CurveID = 4589
)
const (
NoClientCert ClientAuthType = iota
RequestClientCert
RequireAnyClientCert
VerifyClientCertIfGiven
RequireAndVerifyClientCert
)
const (
PKCS1WithSHA256 SignatureScheme = 0x0401
PKCS1WithSHA384 SignatureScheme = 0x0501
PKCS1WithSHA512 SignatureScheme = 0x0601
PSSWithSHA256 SignatureScheme = 0x0804
PSSWithSHA384 SignatureScheme = 0x0805
PSSWithSHA512 SignatureScheme = 0x0806
ECDSAWithP256AndSHA256 SignatureScheme = 0x0403
ECDSAWithP384AndSHA384 SignatureScheme = 0x0503
ECDSAWithP521AndSHA512 SignatureScheme = 0x0603
Ed25519 SignatureScheme = 0x0807
PKCS1WithSHA1 SignatureScheme = 0x0201
ECDSAWithSHA1 SignatureScheme = 0x0203
)
const (
QUICEncryptionLevelInitial = QUICEncryptionLevel(iota)
QUICEncryptionLevelEarly
QUICEncryptionLevelHandshake
QUICEncryptionLevelApplication
)
const (
QUICNoEvent QUICEventKind = iota
QUICSetReadSecret
QUICSetWriteSecret
QUICWriteData
QUICTransportParameters
QUICTransportParametersRequired
QUICRejectedEarlyData
QUICHandshakeDone
QUICResumeSession
QUICStoreSession
QUICErrorEvent
)
const (
RenegotiateNever RenegotiationSupport = iota
RenegotiateOnceAsClient
RenegotiateFreelyAsClient
)
const (
TLS_RSA_WITH_RC4_128_SHA uint16 = 0x0005
TLS_RSA_WITH_3DES_EDE_CBC_SHA uint16 = 0x000a
TLS_RSA_WITH_AES_128_CBC_SHA uint16 = 0x002f
TLS_RSA_WITH_AES_256_CBC_SHA uint16 = 0x0035
TLS_RSA_WITH_AES_128_CBC_SHA256 uint16 = 0x003c
TLS_RSA_WITH_AES_128_GCM_SHA256 uint16 = 0x009c
TLS_RSA_WITH_AES_256_GCM_SHA384 uint16 = 0x009d
TLS_ECDHE_ECDSA_WITH_RC4_128_SHA uint16 = 0xc007
TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA uint16 = 0xc009
TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA uint16 = 0xc00a
TLS_ECDHE_RSA_WITH_RC4_128_SHA uint16 = 0xc011
TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA uint16 = 0xc012
TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA uint16 = 0xc013
TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA uint16 = 0xc014
TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 uint16 = 0xc023
TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 uint16 = 0xc027
TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 uint16 = 0xc02f
TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 uint16 = 0xc02b
TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 uint16 = 0xc030
TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 uint16 = 0xc02c
TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 uint16 = 0xcca8
TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 uint16 = 0xcca9
TLS_AES_128_GCM_SHA256 uint16 = 0x1301
TLS_AES_256_GCM_SHA384 uint16 = 0x1302
TLS_CHACHA20_POLY1305_SHA256 uint16 = 0x1303
TLS_FALLBACK_SCSV uint16 = 0x5600
TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305 = TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305 = TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
)
const (
VersionTLS10 = 0x0301
VersionTLS11 = 0x0302
VersionTLS12 = 0x0303
VersionTLS13 = 0x0304
VersionSSL30 = 0x0300
)
func (c *CertificateRequestInfo) Context() context.Context
func (c *ClientHelloInfo) Context() context.Context
func (c *Config) BuildNameToCertificate()
func (c *Config) Clone() *Config
func (c *Config) DecryptTicket(identity []byte, cs ConnectionState) (*SessionState, error)
func (c *Config) EncryptTicket(cs ConnectionState, ss *SessionState) ([]byte, error)
func (c *Config) SetSessionTicketKeys(keys [][32]byte)
func (c *Conn) Close() error
func (c *Conn) CloseWrite() error
func (c *Conn) ConnectionState() ConnectionState
func (c *Conn) Handshake() error
func (c *Conn) HandshakeContext(ctx context.Context) error
func (c *Conn) LocalAddr() net.Addr
func (c *Conn) NetConn() net.Conn
func (c *Conn) OCSPResponse() []byte
func (c *Conn) Read(b []byte) (int, error)
func (c *Conn) RemoteAddr() net.Addr
func (c *Conn) SetDeadline(t time.Time) error
func (c *Conn) SetReadDeadline(t time.Time) error
func (c *Conn) SetWriteDeadline(t time.Time) error
func (c *Conn) VerifyHostname(host string) error
func (c *Conn) Write(b []byte) (int, error)
func (chi *ClientHelloInfo) SupportsCertificate(c *Certificate) error
func (cri *CertificateRequestInfo) SupportsCertificate(c *Certificate) error
func (cs *ClientSessionState) ResumptionState() (ticket []byte, state *SessionState, err error)
func (cs *ConnectionState) ExportKeyingMaterial(label string, context []byte, length int) ([]byte, error)
func (d *Dialer) Dial(network, addr string) (net.Conn, error)
func (d *Dialer) DialContext(ctx context.Context, network, addr string) (net.Conn, error)
func (e *CertificateVerificationError) Error() string
func (e *CertificateVerificationError) Unwrap() error
func (e *ECHRejectionError) Error() string
func (e AlertError) Error() string
func (e RecordHeaderError) Error() string
func (i ClientAuthType) String() string
func (i CurveID) String() string
func (i SignatureScheme) String() string
func (l QUICEncryptionLevel) String() string
func (q *QUICConn) Close() error
func (q *QUICConn) ConnectionState() ConnectionState
func (q *QUICConn) HandleData(level QUICEncryptionLevel, data []byte) error
func (q *QUICConn) NextEvent() QUICEvent
func (q *QUICConn) SendSessionTicket(opts QUICSessionTicketOptions) error
func (q *QUICConn) SetTransportParameters(params []byte)
func (q *QUICConn) Start(ctx context.Context) error
func (q *QUICConn) StoreSession(session *SessionState) error
func (s *SessionState) Bytes() ([]byte, error)
func CipherSuiteName(id uint16) string
func CipherSuites() []*CipherSuite
func Client(conn net.Conn, config *Config) *Conn
func Dial(network, addr string, config *Config) (*Conn, error)
func DialWithDialer(dialer *net.Dialer, network, addr string, config *Config) (*Conn, error)
func InsecureCipherSuites() []*CipherSuite
func Listen(network, laddr string, config *Config) (net.Listener, error)
func LoadX509KeyPair(certFile, keyFile string) (Certificate, error)
func NewLRUClientSessionCache(capacity int) ClientSessionCache
func NewListener(inner net.Listener, config *Config) net.Listener
func NewResumptionState(ticket []byte, state *SessionState) (*ClientSessionState, error)
func ParseSessionState(data []byte) (*SessionState, error)
func QUICClient(config *QUICConfig) *QUICConn
func QUICServer(config *QUICConfig) *QUICConn
func Server(conn net.Conn, config *Config) *Conn
func VersionName(version uint16) string
func X509KeyPair(certPEMBlock, keyPEMBlock []byte) (Certificate, error)
type AlertError uint8
type Certificate struct {
Certificate [][]byte
PrivateKey crypto.PrivateKey
SupportedSignatureAlgorithms []SignatureScheme
OCSPStaple []byte
SignedCertificateTimestamps [][]byte
Leaf *x509.Certificate
}
type CertificateRequestInfo struct {
AcceptableCAs [][]byte
SignatureSchemes []SignatureScheme
Version uint16
}
type CertificateVerificationError struct {
UnverifiedCertificates []*x509.Certificate
Err error
}
type CipherSuite struct {
ID uint16
Name string
SupportedVersions []uint16
Insecure bool
}
type ClientAuthType int
type ClientHelloInfo struct {
CipherSuites []uint16
ServerName string
SupportedCurves []CurveID
SupportedPoints []uint8
SignatureSchemes []SignatureScheme
SupportedProtos []string
SupportedVersions []uint16
Extensions []uint16
Conn net.Conn
HelloRetryRequest bool
}
type ClientSessionCache interface {
Get(sessionKey string) (session *ClientSessionState, ok bool)
Put(sessionKey string, cs *ClientSessionState)
}
type ClientSessionState struct {

}
type Config struct {
Rand io.Reader
Time func() time.Time
Certificates []Certificate
NameToCertificate map[string]*Certificate
GetCertificate func(*ClientHelloInfo) (*Certificate, error)
GetClientCertificate func(*CertificateRequestInfo) (*Certificate, error)
GetConfigForClient func(*ClientHelloInfo) (*Config, error)
VerifyPeerCertificate func(rawCerts [][]byte, verifiedChains [][]*x509.Certificate) error
VerifyConnection func(ConnectionState) error
RootCAs *x509.CertPool
NextProtos []string
ServerName string
ClientAuth ClientAuthType
ClientCAs *x509.CertPool
InsecureSkipVerify bool
CipherSuites []uint16
PreferServerCipherSuites bool
SessionTicketsDisabled bool
SessionTicketKey [32]byte
ClientSessionCache ClientSessionCache
UnwrapSession func(identity []byte, cs ConnectionState) (*SessionState, error)
WrapSession func(ConnectionState, *SessionState) ([]byte, error)
MinVersion uint16
MaxVersion uint16
CurvePreferences []CurveID
DynamicRecordSizingDisabled bool
Renegotiation RenegotiationSupport
KeyLogWriter io.Writer
EncryptedClientHelloConfigList []byte
EncryptedClientHelloRejectionVerify func(ConnectionState) error
GetEncryptedClientHelloKeys func(*ClientHelloInfo) ([]EncryptedClientHelloKey, error)
EncryptedClientHelloKeys []EncryptedClientHelloKey
}
type Conn struct {

}
type ConnectionState struct {
Version uint16
HandshakeComplete bool
DidResume bool
CipherSuite uint16
CurveID CurveID
NegotiatedProtocol string
NegotiatedProtocolIsMutual bool
ServerName string
PeerCertificates []*x509.Certificate
VerifiedChains [][]*x509.Certificate
SignedCertificateTimestamps [][]byte
OCSPResponse []byte
TLSUnique []byte
ECHAccepted bool
HelloRetryRequest bool
}
type CurveID uint16
type Dialer struct {
NetDialer *net.Dialer
Config *Config
}
type ECHRejectionError struct {
RetryConfigList []byte
}
type EncryptedClientHelloKey struct {
Config []byte
PrivateKey []byte
SendAsRetry bool
}
type QUICConfig struct {
TLSConfig *Config
EnableSessionEvents bool
}
type QUICConn struct {

}
type QUICEncryptionLevel int
type QUICEvent struct {
Kind QUICEventKind
Level QUICEncryptionLevel
Data []byte
Suite uint16
SessionState *SessionState
Err error
}
type QUICEventKind int
type QUICSessionTicketOptions struct {
EarlyData bool
Extra [][]byte
}
type RecordHeaderError struct {
Msg string
RecordHeader [5]byte
Conn net.Conn
}
type RenegotiationSupport int
type SessionState struct {
Extra [][]byte
EarlyData bool
}
type SignatureScheme uint16
`,
  'database/sql': `package sql
import "context"
import "database/sql/driver"
import "errors"
import "reflect"
import "time"
const (
LevelDefault IsolationLevel = iota
LevelReadUncommitted
LevelReadCommitted
LevelWriteCommitted
LevelRepeatableRead
LevelSnapshot
LevelSerializable
LevelLinearizable
)
func (c *Conn) BeginTx(ctx context.Context, opts *TxOptions) (*Tx, error)
func (c *Conn) Close() error
func (c *Conn) ExecContext(ctx context.Context, query string, args ...any) (Result, error)
func (c *Conn) PingContext(ctx context.Context) error
func (c *Conn) PrepareContext(ctx context.Context, query string) (*Stmt, error)
func (c *Conn) QueryContext(ctx context.Context, query string, args ...any) (*Rows, error)
func (c *Conn) QueryRowContext(ctx context.Context, query string, args ...any) *Row
func (c *Conn) Raw(f func(driverConn any) error) (err error)
func (ci *ColumnType) DatabaseTypeName() string
func (ci *ColumnType) DecimalSize() (precision, scale int64, ok bool)
func (ci *ColumnType) Length() (length int64, ok bool)
func (ci *ColumnType) Name() string
func (ci *ColumnType) Nullable() (nullable, ok bool)
func (ci *ColumnType) ScanType() reflect.Type
func (db *DB) Begin() (*Tx, error)
func (db *DB) BeginTx(ctx context.Context, opts *TxOptions) (*Tx, error)
func (db *DB) Close() error
func (db *DB) Conn(ctx context.Context) (*Conn, error)
func (db *DB) Driver() driver.Driver
func (db *DB) Exec(query string, args ...any) (Result, error)
func (db *DB) ExecContext(ctx context.Context, query string, args ...any) (Result, error)
func (db *DB) Ping() error
func (db *DB) PingContext(ctx context.Context) error
func (db *DB) Prepare(query string) (*Stmt, error)
func (db *DB) PrepareContext(ctx context.Context, query string) (*Stmt, error)
func (db *DB) Query(query string, args ...any) (*Rows, error)
func (db *DB) QueryContext(ctx context.Context, query string, args ...any) (*Rows, error)
func (db *DB) QueryRow(query string, args ...any) *Row
func (db *DB) QueryRowContext(ctx context.Context, query string, args ...any) *Row
func (db *DB) SetConnMaxIdleTime(d time.Duration)
func (db *DB) SetConnMaxLifetime(d time.Duration)
func (db *DB) SetMaxIdleConns(n int)
func (db *DB) SetMaxOpenConns(n int)
func (db *DB) Stats() DBStats
func (i IsolationLevel) String() string
func (n *NullBool) Scan(value any) error
func (n *NullByte) Scan(value any) error
func (n *NullFloat64) Scan(value any) error
func (n *NullInt16) Scan(value any) error
func (n *NullInt32) Scan(value any) error
func (n *NullInt64) Scan(value any) error
func (n *NullTime) Scan(value any) error
func (n *Null[T]) Scan(value any) error
func (n NullBool) Value() (driver.Value, error)
func (n NullByte) Value() (driver.Value, error)
func (n NullFloat64) Value() (driver.Value, error)
func (n NullInt16) Value() (driver.Value, error)
func (n NullInt32) Value() (driver.Value, error)
func (n NullInt64) Value() (driver.Value, error)
func (n NullTime) Value() (driver.Value, error)
func (n Null[T]) Value() (driver.Value, error)
func (ns *NullString) Scan(value any) error
func (ns NullString) Value() (driver.Value, error)
func (r *Row) Err() error
func (r *Row) Scan(dest ...any) error
func (rs *Rows) Close() error
func (rs *Rows) ColumnTypes() ([]*ColumnType, error)
func (rs *Rows) Columns() ([]string, error)
func (rs *Rows) Err() error
func (rs *Rows) Next() bool
func (rs *Rows) NextResultSet() bool
func (rs *Rows) Scan(dest ...any) error
func (s *Stmt) Close() error
func (s *Stmt) Exec(args ...any) (Result, error)
func (s *Stmt) ExecContext(ctx context.Context, args ...any) (Result, error)
func (s *Stmt) Query(args ...any) (*Rows, error)
func (s *Stmt) QueryContext(ctx context.Context, args ...any) (*Rows, error)
func (s *Stmt) QueryRow(args ...any) *Row
func (s *Stmt) QueryRowContext(ctx context.Context, args ...any) *Row
func (tx *Tx) Commit() error
func (tx *Tx) Exec(query string, args ...any) (Result, error)
func (tx *Tx) ExecContext(ctx context.Context, query string, args ...any) (Result, error)
func (tx *Tx) Prepare(query string) (*Stmt, error)
func (tx *Tx) PrepareContext(ctx context.Context, query string) (*Stmt, error)
func (tx *Tx) Query(query string, args ...any) (*Rows, error)
func (tx *Tx) QueryContext(ctx context.Context, query string, args ...any) (*Rows, error)
func (tx *Tx) QueryRow(query string, args ...any) *Row
func (tx *Tx) QueryRowContext(ctx context.Context, query string, args ...any) *Row
func (tx *Tx) Rollback() error
func (tx *Tx) Stmt(stmt *Stmt) *Stmt
func (tx *Tx) StmtContext(ctx context.Context, stmt *Stmt) *Stmt
func Drivers() []string
func Named(name string, value any) NamedArg
func Open(driverName, dataSourceName string) (*DB, error)
func OpenDB(c driver.Connector) *DB
func Register(name string, driver driver.Driver)
type ColumnType struct {

}
type Conn struct {

}
type DB struct {

}
type DBStats struct {
MaxOpenConnections int
OpenConnections int
InUse int
Idle int
WaitCount int64
WaitDuration time.Duration
MaxIdleClosed int64
MaxIdleTimeClosed int64
MaxLifetimeClosed int64
}
type IsolationLevel int
type NamedArg struct {
Name string
Value any
}
type NullBool struct {
Bool bool
Valid bool
}
type NullByte struct {
Byte byte
Valid bool
}
type NullFloat64 struct {
Float64 float64
Valid bool
}
type NullInt16 struct {
Int16 int16
Valid bool
}
type NullInt32 struct {
Int32 int32
Valid bool
}
type NullInt64 struct {
Int64 int64
Valid bool
}
type NullString struct {
String string
Valid bool
}
type NullTime struct {
Time time.Time
Valid bool
}
type Null[T any] struct {
V T
Valid bool
}
type Out struct {
Dest any
In bool
}
type RawBytes []byte
type Result interface {
LastInsertId() (int64, error)
RowsAffected() (int64, error)
}
type Row struct {

}
type Rows struct {

}
type Scanner interface {
Scan(src any) error
}
type Stmt struct {

}
type Tx struct {

}
type TxOptions struct {
Isolation IsolationLevel
ReadOnly bool
}
var ErrConnDone = errors.New("sql: connection is already closed")
var ErrNoRows = errors.New("sql: no rows in result set")
var ErrTxDone = errors.New("sql: transaction has already been committed or rolled back")
`,
  'database/sql/driver': `package driver
import "context"
import "errors"
import "reflect"
func (RowsAffected) LastInsertId() (int64, error)
func (n NotNull) ConvertValue(v any) (Value, error)
func (n Null) ConvertValue(v any) (Value, error)
func (v RowsAffected) RowsAffected() (int64, error)
func IsScanValue(v any) bool
func IsValue(v any) bool
type ColumnConverter interface {
ColumnConverter(idx int) ValueConverter
}
type Conn interface {
Prepare(query string) (Stmt, error)
Close() error
Begin() (Tx, error)
}
type ConnBeginTx interface {
BeginTx(ctx context.Context, opts TxOptions) (Tx, error)
}
type ConnPrepareContext interface {
PrepareContext(ctx context.Context, query string) (Stmt, error)
}
type Connector interface {
Connect(context.Context) (Conn, error)
Driver() Driver
}
type Driver interface {
Open(name string) (Conn, error)
}
type DriverContext interface {
OpenConnector(name string) (Connector, error)
}
type Execer interface {
Exec(query string, args []Value) (Result, error)
}
type ExecerContext interface {
ExecContext(ctx context.Context, query string, args []NamedValue) (Result, error)
}
type IsolationLevel int
type NamedValue struct {
Name string
Ordinal int
Value Value
}
type NamedValueChecker interface {
CheckNamedValue(*NamedValue) error
}
type NotNull struct {
Converter ValueConverter
}
type Null struct {
Converter ValueConverter
}
type Pinger interface {
Ping(ctx context.Context) error
}
type Queryer interface {
Query(query string, args []Value) (Rows, error)
}
type QueryerContext interface {
QueryContext(ctx context.Context, query string, args []NamedValue) (Rows, error)
}
type Result interface {
LastInsertId() (int64, error)
RowsAffected() (int64, error)
}
type Rows interface {
Columns() []string
Close() error
Next(dest []Value) error
}
type RowsAffected int64
type RowsColumnTypeDatabaseTypeName interface {
Rows
ColumnTypeDatabaseTypeName(index int) string
}
type RowsColumnTypeLength interface {
Rows
ColumnTypeLength(index int) (length int64, ok bool)
}
type RowsColumnTypeNullable interface {
Rows
ColumnTypeNullable(index int) (nullable, ok bool)
}
type RowsColumnTypePrecisionScale interface {
Rows
ColumnTypePrecisionScale(index int) (precision, scale int64, ok bool)
}
type RowsColumnTypeScanType interface {
Rows
ColumnTypeScanType(index int) reflect.Type
}
type RowsNextResultSet interface {
Rows
HasNextResultSet() bool
NextResultSet() error
}
type SessionResetter interface {
ResetSession(ctx context.Context) error
}
type Stmt interface {
Close() error
NumInput() int
Exec(args []Value) (Result, error)
Query(args []Value) (Rows, error)
}
type StmtExecContext interface {
ExecContext(ctx context.Context, args []NamedValue) (Result, error)
}
type StmtQueryContext interface {
QueryContext(ctx context.Context, args []NamedValue) (Rows, error)
}
type Tx interface {
Commit() error
Rollback() error
}
type TxOptions struct {
Isolation IsolationLevel
ReadOnly bool
}
type Validator interface {
IsValid() bool
}
type Value any
type ValueConverter interface {
ConvertValue(v any) (Value, error)
}
type Valuer interface {
Value() (Value, error)
}
var Bool boolType
var DefaultParameterConverter defaultConverter
var ErrBadConn = errors.New("driver: bad connection")
var ErrRemoveArgument = errors.New("driver: remove argument from query")
var ErrSkip = errors.New("driver: skip fast-path; continue as if unimplemented")
var Int32 int32Type
var ResultNoRows noRows
var String stringType
`,
  'net/netip': `package netip
func (ip *Addr) UnmarshalBinary(b []byte) error
func (ip *Addr) UnmarshalText(text []byte) error
func (ip Addr) AppendBinary(b []byte) ([]byte, error)
func (ip Addr) AppendText(b []byte) ([]byte, error)
func (ip Addr) AppendTo(b []byte) []byte
func (ip Addr) As16() (a16 [16]byte)
func (ip Addr) As4() (a4 [4]byte)
func (ip Addr) AsSlice() []byte
func (ip Addr) BitLen() int
func (ip Addr) Compare(ip2 Addr) int
func (ip Addr) Is4() bool
func (ip Addr) Is4In6() bool
func (ip Addr) Is6() bool
func (ip Addr) IsGlobalUnicast() bool
func (ip Addr) IsInterfaceLocalMulticast() bool
func (ip Addr) IsLinkLocalMulticast() bool
func (ip Addr) IsLinkLocalUnicast() bool
func (ip Addr) IsLoopback() bool
func (ip Addr) IsMulticast() bool
func (ip Addr) IsPrivate() bool
func (ip Addr) IsUnspecified() bool
func (ip Addr) IsValid() bool
func (ip Addr) Less(ip2 Addr) bool
func (ip Addr) MarshalBinary() ([]byte, error)
func (ip Addr) MarshalText() ([]byte, error)
func (ip Addr) Next() Addr
func (ip Addr) Prefix(b int) (Prefix, error)
func (ip Addr) Prev() Addr
func (ip Addr) String() string
func (ip Addr) StringExpanded() string
func (ip Addr) Unmap() Addr
func (ip Addr) WithZone(zone string) Addr
func (ip Addr) Zone() string
func (p *AddrPort) UnmarshalBinary(b []byte) error
func (p *AddrPort) UnmarshalText(text []byte) error
func (p *Prefix) UnmarshalBinary(b []byte) error
func (p *Prefix) UnmarshalText(text []byte) error
func (p AddrPort) Addr() Addr
func (p AddrPort) AppendBinary(b []byte) ([]byte, error)
func (p AddrPort) AppendText(b []byte) ([]byte, error)
func (p AddrPort) AppendTo(b []byte) []byte
func (p AddrPort) Compare(p2 AddrPort) int
func (p AddrPort) IsValid() bool
func (p AddrPort) MarshalBinary() ([]byte, error)
func (p AddrPort) MarshalText() ([]byte, error)
func (p AddrPort) Port() uint16
func (p AddrPort) String() string
func (p Prefix) Addr() Addr
func (p Prefix) AppendBinary(b []byte) ([]byte, error)
func (p Prefix) AppendText(b []byte) ([]byte, error)
func (p Prefix) AppendTo(b []byte) []byte
func (p Prefix) Bits() int
func (p Prefix) Compare(p2 Prefix) int
func (p Prefix) Contains(ip Addr) bool
func (p Prefix) IsSingleIP() bool
func (p Prefix) IsValid() bool
func (p Prefix) MarshalBinary() ([]byte, error)
func (p Prefix) MarshalText() ([]byte, error)
func (p Prefix) Masked() Prefix
func (p Prefix) Overlaps(o Prefix) bool
func (p Prefix) String() string
func AddrFrom16(addr [16]byte) Addr
func AddrFrom4(addr [4]byte) Addr
func AddrFromSlice(slice []byte) (ip Addr, ok bool)
func AddrPortFrom(ip Addr, port uint16) AddrPort
func IPv4Unspecified() Addr
func IPv6LinkLocalAllNodes() Addr
func IPv6LinkLocalAllRouters() Addr
func IPv6Loopback() Addr
func IPv6Unspecified() Addr
func MustParseAddr(s string) Addr
func MustParseAddrPort(s string) AddrPort
func MustParsePrefix(s string) Prefix
func ParseAddr(s string) (Addr, error)
func ParseAddrPort(s string) (AddrPort, error)
func ParsePrefix(s string) (Prefix, error)
func PrefixFrom(ip Addr, bits int) Prefix
type Addr struct {

}
type AddrPort struct {

}
type Prefix struct {

}
`,
  'os/user': `package user
func (e UnknownGroupError) Error() string
func (e UnknownGroupIdError) Error() string
func (e UnknownUserError) Error() string
func (e UnknownUserIdError) Error() string
func (u *User) GroupIds() ([]string, error)
func Current() (*User, error)
func Lookup(username string) (*User, error)
func LookupGroup(name string) (*Group, error)
func LookupGroupId(gid string) (*Group, error)
func LookupId(uid string) (*User, error)
type Group struct {
Gid string
Name string
}
type UnknownGroupError string
type UnknownGroupIdError string
type UnknownUserError string
type UnknownUserIdError int
type User struct {
Uid string
Gid string
Username string
Name string
HomeDir string
}
`,
};

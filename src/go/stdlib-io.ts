/**
 * Exported declarations of packages of Go's standard library, as of Go 1.26: facts, written as Go without bodies.
 * Made from an installed Go by `npx vitest run test/go/stdlib-declarations.test.ts` with UPDATE_STDLIB=1, which also
 * checks it.
 */
export const ioDeclarations: Readonly<Record<string, string>> = {
  io: `package io
import "errors"
const (
SeekStart = 0
SeekCurrent = 1
SeekEnd = 2
)
func (l *LimitedReader) Read(p []byte) (n int, err error)
func (o *OffsetWriter) Seek(offset int64, whence int) (int64, error)
func (o *OffsetWriter) Write(p []byte) (n int, err error)
func (o *OffsetWriter) WriteAt(p []byte, off int64) (n int, err error)
func (r *PipeReader) Close() error
func (r *PipeReader) CloseWithError(err error) error
func (r *PipeReader) Read(data []byte) (n int, err error)
func (s *SectionReader) Outer() (r ReaderAt, off int64, n int64)
func (s *SectionReader) Read(p []byte) (n int, err error)
func (s *SectionReader) ReadAt(p []byte, off int64) (n int, err error)
func (s *SectionReader) Seek(offset int64, whence int) (int64, error)
func (s *SectionReader) Size() int64
func (w *PipeWriter) Close() error
func (w *PipeWriter) CloseWithError(err error) error
func (w *PipeWriter) Write(data []byte) (n int, err error)
func Copy(dst Writer, src Reader) (written int64, err error)
func CopyBuffer(dst Writer, src Reader, buf []byte) (written int64, err error)
func CopyN(dst Writer, src Reader, n int64) (written int64, err error)
func LimitReader(r Reader, n int64) Reader
func MultiReader(readers ...Reader) Reader
func MultiWriter(writers ...Writer) Writer
func NewOffsetWriter(w WriterAt, off int64) *OffsetWriter
func NewSectionReader(r ReaderAt, off int64, n int64) *SectionReader
func NopCloser(r Reader) ReadCloser
func Pipe() (*PipeReader, *PipeWriter)
func ReadAll(r Reader) ([]byte, error)
func ReadAtLeast(r Reader, buf []byte, min int) (n int, err error)
func ReadFull(r Reader, buf []byte) (n int, err error)
func TeeReader(r Reader, w Writer) Reader
func WriteString(w Writer, s string) (n int, err error)
type ByteReader interface {
ReadByte() (byte, error)
}
type ByteScanner interface {
ByteReader
UnreadByte() error
}
type ByteWriter interface {
WriteByte(c byte) error
}
type Closer interface {
Close() error
}
type LimitedReader struct {
R Reader
N int64
}
type OffsetWriter struct {

}
type PipeReader struct {
pipe
}
type PipeWriter struct {

}
type ReadCloser interface {
Reader
Closer
}
type ReadSeekCloser interface {
Reader
Seeker
Closer
}
type ReadSeeker interface {
Reader
Seeker
}
type ReadWriteCloser interface {
Reader
Writer
Closer
}
type ReadWriteSeeker interface {
Reader
Writer
Seeker
}
type ReadWriter interface {
Reader
Writer
}
type Reader interface {
Read(p []byte) (n int, err error)
}
type ReaderAt interface {
ReadAt(p []byte, off int64) (n int, err error)
}
type ReaderFrom interface {
ReadFrom(r Reader) (n int64, err error)
}
type RuneReader interface {
ReadRune() (r rune, size int, err error)
}
type RuneScanner interface {
RuneReader
UnreadRune() error
}
type SectionReader struct {

}
type Seeker interface {
Seek(offset int64, whence int) (int64, error)
}
type StringWriter interface {
WriteString(s string) (n int, err error)
}
type WriteCloser interface {
Writer
Closer
}
type WriteSeeker interface {
Writer
Seeker
}
type Writer interface {
Write(p []byte) (n int, err error)
}
type WriterAt interface {
WriteAt(p []byte, off int64) (n int, err error)
}
type WriterTo interface {
WriteTo(w Writer) (n int64, err error)
}
type pipe struct {

}
var Discard Writer = discard{}
var EOF = errors.New("EOF")
var ErrClosedPipe = errors.New("io: read/write on closed pipe")
var ErrNoProgress = errors.New("multiple Read calls return no data or error")
var ErrShortBuffer = errors.New("short buffer")
var ErrShortWrite = errors.New("short write")
var ErrUnexpectedEOF = errors.New("unexpected EOF")
`,
  'io/fs': `package fs
import "errors"
import "time"
const (
ModeDir FileMode = 1 << (32 - 1 - iota)
ModeAppend
ModeExclusive
ModeTemporary
ModeSymlink
ModeDevice
ModeNamedPipe
ModeSocket
ModeSetuid
ModeSetgid
ModeCharDevice
ModeSticky
ModeIrregular
ModeType = ModeDir | ModeSymlink | ModeNamedPipe | ModeSocket | ModeDevice | ModeCharDevice | ModeIrregular
ModePerm FileMode = 0777
)
func (e *PathError) Error() string
func (e *PathError) Timeout() bool
func (e *PathError) Unwrap() error
func (m FileMode) IsDir() bool
func (m FileMode) IsRegular() bool
func (m FileMode) Perm() FileMode
func (m FileMode) String() string
func (m FileMode) Type() FileMode
func FileInfoToDirEntry(info FileInfo) DirEntry
func FormatDirEntry(dir DirEntry) string
func FormatFileInfo(info FileInfo) string
func Glob(fsys FS, pattern string) (matches []string, err error)
func Lstat(fsys FS, name string) (FileInfo, error)
func ReadDir(fsys FS, name string) ([]DirEntry, error)
func ReadFile(fsys FS, name string) ([]byte, error)
func ReadLink(fsys FS, name string) (string, error)
func Stat(fsys FS, name string) (FileInfo, error)
func Sub(fsys FS, dir string) (FS, error)
func ValidPath(name string) bool
func WalkDir(fsys FS, root string, fn WalkDirFunc) error
type DirEntry interface {
Name() string
IsDir() bool
Type() FileMode
Info() (FileInfo, error)
}
type FS interface {
Open(name string) (File, error)
}
type File interface {
Stat() (FileInfo, error)
Read([]byte) (int, error)
Close() error
}
type FileInfo interface {
Name() string
Size() int64
Mode() FileMode
ModTime() time.Time
IsDir() bool
Sys() any
}
type FileMode uint32
type GlobFS interface {
FS
Glob(pattern string) ([]string, error)
}
type PathError struct {
Op string
Path string
Err error
}
type ReadDirFS interface {
FS
ReadDir(name string) ([]DirEntry, error)
}
type ReadDirFile interface {
File
ReadDir(n int) ([]DirEntry, error)
}
type ReadFileFS interface {
FS
ReadFile(name string) ([]byte, error)
}
type ReadLinkFS interface {
FS
ReadLink(name string) (string, error)
Lstat(name string) (FileInfo, error)
}
type StatFS interface {
FS
Stat(name string) (FileInfo, error)
}
type SubFS interface {
FS
Sub(dir string) (FS, error)
}
type WalkDirFunc func(path string, d DirEntry, err error) error
var ErrClosed = errClosed()
var ErrExist = errExist()
var ErrInvalid = errInvalid()
var ErrNotExist = errNotExist()
var ErrPermission = errPermission()
var SkipAll = errors.New("skip everything and stop the walk")
var SkipDir = errors.New("skip this directory")
`,
  bufio: `package bufio
import "errors"
import "io"
const (
MaxScanTokenSize = 64 * 1024
startBufSize = 4096
)
func (b *Reader) Buffered() int
func (b *Reader) Discard(n int) (discarded int, err error)
func (b *Reader) Peek(n int) ([]byte, error)
func (b *Reader) Read(p []byte) (n int, err error)
func (b *Reader) ReadByte() (byte, error)
func (b *Reader) ReadBytes(delim byte) ([]byte, error)
func (b *Reader) ReadLine() (line []byte, isPrefix bool, err error)
func (b *Reader) ReadRune() (r rune, size int, err error)
func (b *Reader) ReadSlice(delim byte) (line []byte, err error)
func (b *Reader) ReadString(delim byte) (string, error)
func (b *Reader) Reset(r io.Reader)
func (b *Reader) Size() int
func (b *Reader) UnreadByte() error
func (b *Reader) UnreadRune() error
func (b *Reader) WriteTo(w io.Writer) (n int64, err error)
func (b *Writer) Available() int
func (b *Writer) AvailableBuffer() []byte
func (b *Writer) Buffered() int
func (b *Writer) Flush() error
func (b *Writer) ReadFrom(r io.Reader) (n int64, err error)
func (b *Writer) Reset(w io.Writer)
func (b *Writer) Size() int
func (b *Writer) Write(p []byte) (nn int, err error)
func (b *Writer) WriteByte(c byte) error
func (b *Writer) WriteRune(r rune) (size int, err error)
func (b *Writer) WriteString(s string) (int, error)
func (s *Scanner) Buffer(buf []byte, max int)
func (s *Scanner) Bytes() []byte
func (s *Scanner) Err() error
func (s *Scanner) Scan() bool
func (s *Scanner) Split(split SplitFunc)
func (s *Scanner) Text() string
func NewReadWriter(r *Reader, w *Writer) *ReadWriter
func NewReader(rd io.Reader) *Reader
func NewReaderSize(rd io.Reader, size int) *Reader
func NewScanner(r io.Reader) *Scanner
func NewWriter(w io.Writer) *Writer
func NewWriterSize(w io.Writer, size int) *Writer
func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error)
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error)
func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error)
func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error)
type ReadWriter struct {
*Reader
*Writer
}
type Reader struct {

}
type Scanner struct {

}
type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)
type Writer struct {

}
var ErrAdvanceTooFar = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
var ErrBadReadCount = errors.New("bufio.Scanner: Read returned impossible count")
var ErrBufferFull = errors.New("bufio: buffer full")
var ErrFinalToken = errors.New("final token")
var ErrInvalidUnreadByte = errors.New("bufio: invalid use of UnreadByte")
var ErrInvalidUnreadRune = errors.New("bufio: invalid use of UnreadRune")
var ErrNegativeAdvance = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
var ErrNegativeCount = errors.New("bufio: negative count")
var ErrTooLong = errors.New("bufio.Scanner: token too long")
`,
  os: `package os
import "errors"
import "io"
import "io/fs"
import "syscall"
import "time"
const (
DevNull = "/dev/null"
)
const (
ModeDir = fs.ModeDir
ModeAppend = fs.ModeAppend
ModeExclusive = fs.ModeExclusive
ModeTemporary = fs.ModeTemporary
ModeSymlink = fs.ModeSymlink
ModeDevice = fs.ModeDevice
ModeNamedPipe = fs.ModeNamedPipe
ModeSocket = fs.ModeSocket
ModeSetuid = fs.ModeSetuid
ModeSetgid = fs.ModeSetgid
ModeCharDevice = fs.ModeCharDevice
ModeSticky = fs.ModeSticky
ModeIrregular = fs.ModeIrregular
ModeType = fs.ModeType
ModePerm = fs.ModePerm
)
const (
O_RDONLY int = syscall.O_RDONLY
O_WRONLY int = syscall.O_WRONLY
O_RDWR int = syscall.O_RDWR
O_APPEND int = syscall.O_APPEND
O_CREATE int = syscall.O_CREAT
O_EXCL int = syscall.O_EXCL
O_SYNC int = syscall.O_SYNC
O_TRUNC int = syscall.O_TRUNC
)
const (
PathSeparator = '/'
PathListSeparator = ':'
)
const (
SEEK_SET int = 0
SEEK_CUR int = 1
SEEK_END int = 2
)
func (e *LinkError) Error() string
func (e *LinkError) Unwrap() error
func (e *SyscallError) Error() string
func (e *SyscallError) Timeout() bool
func (e *SyscallError) Unwrap() error
func (f *File) Chdir() error
func (f *File) Chmod(mode FileMode) error
func (f *File) Chown(uid, gid int) error
func (f *File) Close() error
func (f *File) Fd() uintptr
func (f *File) Name() string
func (f *File) Read(b []byte) (n int, err error)
func (f *File) ReadAt(b []byte, off int64) (n int, err error)
func (f *File) ReadDir(n int) ([]DirEntry, error)
func (f *File) ReadFrom(r io.Reader) (n int64, err error)
func (f *File) Readdir(n int) ([]FileInfo, error)
func (f *File) Readdirnames(n int) (names []string, err error)
func (f *File) Seek(offset int64, whence int) (ret int64, err error)
func (f *File) SetDeadline(t time.Time) error
func (f *File) SetReadDeadline(t time.Time) error
func (f *File) SetWriteDeadline(t time.Time) error
func (f *File) Stat() (FileInfo, error)
func (f *File) Sync() error
func (f *File) SyscallConn() (syscall.RawConn, error)
func (f *File) Truncate(size int64) error
func (f *File) Write(b []byte) (n int, err error)
func (f *File) WriteAt(b []byte, off int64) (n int, err error)
func (f *File) WriteString(s string) (n int, err error)
func (f *File) WriteTo(w io.Writer) (n int64, err error)
func (noReadFrom) ReadFrom(io.Reader) (int64, error)
func (noWriteTo) WriteTo(io.Writer) (int64, error)
func (p *Process) Kill() error
func (p *Process) Release() error
func (p *Process) Signal(sig Signal) error
func (p *Process) Wait() (*ProcessState, error)
func (p *Process) WithHandle(f func(handle uintptr)) error
func (p *ProcessState) ExitCode() int
func (p *ProcessState) Exited() bool
func (p *ProcessState) Pid() int
func (p *ProcessState) String() string
func (p *ProcessState) Success() bool
func (p *ProcessState) Sys() any
func (p *ProcessState) SysUsage() any
func (p *ProcessState) SystemTime() time.Duration
func (p *ProcessState) UserTime() time.Duration
func (r *Root) Chmod(name string, mode FileMode) error
func (r *Root) Chown(name string, uid, gid int) error
func (r *Root) Chtimes(name string, atime time.Time, mtime time.Time) error
func (r *Root) Close() error
func (r *Root) Create(name string) (*File, error)
func (r *Root) FS() fs.FS
func (r *Root) Lchown(name string, uid, gid int) error
func (r *Root) Link(oldname, newname string) error
func (r *Root) Lstat(name string) (FileInfo, error)
func (r *Root) Mkdir(name string, perm FileMode) error
func (r *Root) MkdirAll(name string, perm FileMode) error
func (r *Root) Name() string
func (r *Root) Open(name string) (*File, error)
func (r *Root) OpenFile(name string, flag int, perm FileMode) (*File, error)
func (r *Root) OpenRoot(name string) (*Root, error)
func (r *Root) ReadFile(name string) ([]byte, error)
func (r *Root) Readlink(name string) (string, error)
func (r *Root) Remove(name string) error
func (r *Root) RemoveAll(name string) error
func (r *Root) Rename(oldname, newname string) error
func (r *Root) Stat(name string) (FileInfo, error)
func (r *Root) Symlink(oldname, newname string) error
func (r *Root) WriteFile(name string, data []byte, perm FileMode) error
func Chdir(dir string) error
func Chmod(name string, mode FileMode) error
func Chown(name string, uid, gid int) error
func Chtimes(name string, atime time.Time, mtime time.Time) error
func Clearenv()
func CopyFS(dir string, fsys fs.FS) error
func Create(name string) (*File, error)
func CreateTemp(dir, pattern string) (*File, error)
func DirFS(dir string) fs.FS
func Environ() []string
func Executable() (string, error)
func Exit(code int)
func Expand(s string, mapping func(string) string) string
func ExpandEnv(s string) string
func FindProcess(pid int) (*Process, error)
func Getegid() int
func Getenv(key string) string
func Geteuid() int
func Getgid() int
func Getgroups() ([]int, error)
func Getpagesize() int
func Getpid() int
func Getppid() int
func Getuid() int
func Getwd() (dir string, err error)
func Hostname() (name string, err error)
func IsExist(err error) bool
func IsNotExist(err error) bool
func IsPathSeparator(c uint8) bool
func IsPermission(err error) bool
func IsTimeout(err error) bool
func Lchown(name string, uid, gid int) error
func Link(oldname, newname string) error
func LookupEnv(key string) (string, bool)
func Lstat(name string) (FileInfo, error)
func Mkdir(name string, perm FileMode) error
func MkdirAll(path string, perm FileMode) error
func MkdirTemp(dir, pattern string) (string, error)
func NewFile(fd uintptr, name string) *File
func NewSyscallError(syscall string, err error) error
func Open(name string) (*File, error)
func OpenFile(name string, flag int, perm FileMode) (*File, error)
func OpenInRoot(dir, name string) (*File, error)
func OpenRoot(name string) (*Root, error)
func Pipe() (r *File, w *File, err error)
func ReadDir(name string) ([]DirEntry, error)
func ReadFile(name string) ([]byte, error)
func Readlink(name string) (string, error)
func Remove(name string) error
func RemoveAll(path string) error
func Rename(oldpath, newpath string) error
func SameFile(fi1, fi2 FileInfo) bool
func Setenv(key, value string) error
func StartProcess(name string, argv []string, attr *ProcAttr) (*Process, error)
func Stat(name string) (FileInfo, error)
func Symlink(oldname, newname string) error
func TempDir() string
func Truncate(name string, size int64) error
func Unsetenv(key string) error
func UserCacheDir() (string, error)
func UserConfigDir() (string, error)
func UserHomeDir() (string, error)
func WriteFile(name string, data []byte, perm FileMode) error
type DirEntry = fs.DirEntry
type File struct {
*file
}
type FileInfo = fs.FileInfo
type FileMode = fs.FileMode
type LinkError struct {
Op string
Old string
New string
Err error
}
type PathError = fs.PathError
type ProcAttr struct {
Dir string
Env []string
Files []*File
Sys *syscall.SysProcAttr
}
type Process struct {
Pid int
}
type ProcessState struct {

}
type Root struct {

}
type Signal interface {
String() string
Signal()
}
type SyscallError struct {
Syscall string
Err error
}
type file struct {

}
type noReadFrom struct {

}
type noWriteTo struct {

}
var Args []string
var ErrClosed = fs.ErrClosed
var ErrDeadlineExceeded = errDeadlineExceeded()
var ErrExist = fs.ErrExist
var ErrInvalid = fs.ErrInvalid
var ErrNoDeadline = errNoDeadline()
var ErrNoHandle = errors.New("os: process handle unavailable")
var ErrNotExist = fs.ErrNotExist
var ErrPermission = fs.ErrPermission
var ErrProcessDone = errors.New("os: process already finished")
var Interrupt Signal = syscall.SIGINT
var Kill Signal = syscall.SIGKILL
var Stderr = NewFile(uintptr(syscall.Stderr), "/dev/stderr")
var Stdin = NewFile(uintptr(syscall.Stdin), "/dev/stdin")
var Stdout = NewFile(uintptr(syscall.Stdout), "/dev/stdout")
`,
  bytes: `package bytes
import "errors"
import "io"
import "iter"
import "unicode"
const (
MinRead = 512
)
func (b *Buffer) Available() int
func (b *Buffer) AvailableBuffer() []byte
func (b *Buffer) Bytes() []byte
func (b *Buffer) Cap() int
func (b *Buffer) Grow(n int)
func (b *Buffer) Len() int
func (b *Buffer) Next(n int) []byte
func (b *Buffer) Peek(n int) ([]byte, error)
func (b *Buffer) Read(p []byte) (n int, err error)
func (b *Buffer) ReadByte() (byte, error)
func (b *Buffer) ReadBytes(delim byte) (line []byte, err error)
func (b *Buffer) ReadFrom(r io.Reader) (n int64, err error)
func (b *Buffer) ReadRune() (r rune, size int, err error)
func (b *Buffer) ReadString(delim byte) (line string, err error)
func (b *Buffer) Reset()
func (b *Buffer) String() string
func (b *Buffer) Truncate(n int)
func (b *Buffer) UnreadByte() error
func (b *Buffer) UnreadRune() error
func (b *Buffer) Write(p []byte) (n int, err error)
func (b *Buffer) WriteByte(c byte) error
func (b *Buffer) WriteRune(r rune) (n int, err error)
func (b *Buffer) WriteString(s string) (n int, err error)
func (b *Buffer) WriteTo(w io.Writer) (n int64, err error)
func (r *Reader) Len() int
func (r *Reader) Read(b []byte) (n int, err error)
func (r *Reader) ReadAt(b []byte, off int64) (n int, err error)
func (r *Reader) ReadByte() (byte, error)
func (r *Reader) ReadRune() (ch rune, size int, err error)
func (r *Reader) Reset(b []byte)
func (r *Reader) Seek(offset int64, whence int) (int64, error)
func (r *Reader) Size() int64
func (r *Reader) UnreadByte() error
func (r *Reader) UnreadRune() error
func (r *Reader) WriteTo(w io.Writer) (n int64, err error)
func Clone(b []byte) []byte
func Compare(a, b []byte) int
func Contains(b, subslice []byte) bool
func ContainsAny(b []byte, chars string) bool
func ContainsFunc(b []byte, f func(rune) bool) bool
func ContainsRune(b []byte, r rune) bool
func Count(s, sep []byte) int
func Cut(s, sep []byte) (before, after []byte, found bool)
func CutPrefix(s, prefix []byte) (after []byte, found bool)
func CutSuffix(s, suffix []byte) (before []byte, found bool)
func Equal(a, b []byte) bool
func EqualFold(s, t []byte) bool
func Fields(s []byte) [][]byte
func FieldsFunc(s []byte, f func(rune) bool) [][]byte
func FieldsFuncSeq(s []byte, f func(rune) bool) iter.Seq[[]byte]
func FieldsSeq(s []byte) iter.Seq[[]byte]
func HasPrefix(s, prefix []byte) bool
func HasSuffix(s, suffix []byte) bool
func Index(s, sep []byte) int
func IndexAny(s []byte, chars string) int
func IndexByte(b []byte, c byte) int
func IndexFunc(s []byte, f func(r rune) bool) int
func IndexRune(s []byte, r rune) int
func Join(s [][]byte, sep []byte) []byte
func LastIndex(s, sep []byte) int
func LastIndexAny(s []byte, chars string) int
func LastIndexByte(s []byte, c byte) int
func LastIndexFunc(s []byte, f func(r rune) bool) int
func Lines(s []byte) iter.Seq[[]byte]
func Map(mapping func(r rune) rune, s []byte) []byte
func NewBuffer(buf []byte) *Buffer
func NewBufferString(s string) *Buffer
func NewReader(b []byte) *Reader
func Repeat(b []byte, count int) []byte
func Replace(s, old, new []byte, n int) []byte
func ReplaceAll(s, old, new []byte) []byte
func Runes(s []byte) []rune
func Split(s, sep []byte) [][]byte
func SplitAfter(s, sep []byte) [][]byte
func SplitAfterN(s, sep []byte, n int) [][]byte
func SplitAfterSeq(s, sep []byte) iter.Seq[[]byte]
func SplitN(s, sep []byte, n int) [][]byte
func SplitSeq(s, sep []byte) iter.Seq[[]byte]
func Title(s []byte) []byte
func ToLower(s []byte) []byte
func ToLowerSpecial(c unicode.SpecialCase, s []byte) []byte
func ToTitle(s []byte) []byte
func ToTitleSpecial(c unicode.SpecialCase, s []byte) []byte
func ToUpper(s []byte) []byte
func ToUpperSpecial(c unicode.SpecialCase, s []byte) []byte
func ToValidUTF8(s, replacement []byte) []byte
func Trim(s []byte, cutset string) []byte
func TrimFunc(s []byte, f func(r rune) bool) []byte
func TrimLeft(s []byte, cutset string) []byte
func TrimLeftFunc(s []byte, f func(r rune) bool) []byte
func TrimPrefix(s, prefix []byte) []byte
func TrimRight(s []byte, cutset string) []byte
func TrimRightFunc(s []byte, f func(r rune) bool) []byte
func TrimSpace(s []byte) []byte
func TrimSuffix(s, suffix []byte) []byte
type Buffer struct {

}
type Reader struct {

}
var ErrTooLarge = errors.New("bytes.Buffer: too large")
`,
  strings: `package strings
import "io"
import "iter"
import "unicode"
func (b *Builder) Cap() int
func (b *Builder) Grow(n int)
func (b *Builder) Len() int
func (b *Builder) Reset()
func (b *Builder) String() string
func (b *Builder) Write(p []byte) (int, error)
func (b *Builder) WriteByte(c byte) error
func (b *Builder) WriteRune(r rune) (int, error)
func (b *Builder) WriteString(s string) (int, error)
func (r *Reader) Len() int
func (r *Reader) Read(b []byte) (n int, err error)
func (r *Reader) ReadAt(b []byte, off int64) (n int, err error)
func (r *Reader) ReadByte() (byte, error)
func (r *Reader) ReadRune() (ch rune, size int, err error)
func (r *Reader) Reset(s string)
func (r *Reader) Seek(offset int64, whence int) (int64, error)
func (r *Reader) Size() int64
func (r *Reader) UnreadByte() error
func (r *Reader) UnreadRune() error
func (r *Reader) WriteTo(w io.Writer) (n int64, err error)
func (r *Replacer) Replace(s string) string
func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error)
func Clone(s string) string
func Compare(a, b string) int
func Contains(s, substr string) bool
func ContainsAny(s, chars string) bool
func ContainsFunc(s string, f func(rune) bool) bool
func ContainsRune(s string, r rune) bool
func Count(s, substr string) int
func Cut(s, sep string) (before, after string, found bool)
func CutPrefix(s, prefix string) (after string, found bool)
func CutSuffix(s, suffix string) (before string, found bool)
func EqualFold(s, t string) bool
func Fields(s string) []string
func FieldsFunc(s string, f func(rune) bool) []string
func FieldsFuncSeq(s string, f func(rune) bool) iter.Seq[string]
func FieldsSeq(s string) iter.Seq[string]
func HasPrefix(s, prefix string) bool
func HasSuffix(s, suffix string) bool
func Index(s, substr string) int
func IndexAny(s, chars string) int
func IndexByte(s string, c byte) int
func IndexFunc(s string, f func(rune) bool) int
func IndexRune(s string, r rune) int
func Join(elems []string, sep string) string
func LastIndex(s, substr string) int
func LastIndexAny(s, chars string) int
func LastIndexByte(s string, c byte) int
func LastIndexFunc(s string, f func(rune) bool) int
func Lines(s string) iter.Seq[string]
func Map(mapping func(rune) rune, s string) string
func NewReader(s string) *Reader
func NewReplacer(oldnew ...string) *Replacer
func Repeat(s string, count int) string
func Replace(s, old, new string, n int) string
func ReplaceAll(s, old, new string) string
func Split(s, sep string) []string
func SplitAfter(s, sep string) []string
func SplitAfterN(s, sep string, n int) []string
func SplitAfterSeq(s, sep string) iter.Seq[string]
func SplitN(s, sep string, n int) []string
func SplitSeq(s, sep string) iter.Seq[string]
func Title(s string) string
func ToLower(s string) string
func ToLowerSpecial(c unicode.SpecialCase, s string) string
func ToTitle(s string) string
func ToTitleSpecial(c unicode.SpecialCase, s string) string
func ToUpper(s string) string
func ToUpperSpecial(c unicode.SpecialCase, s string) string
func ToValidUTF8(s, replacement string) string
func Trim(s, cutset string) string
func TrimFunc(s string, f func(rune) bool) string
func TrimLeft(s, cutset string) string
func TrimLeftFunc(s string, f func(rune) bool) string
func TrimPrefix(s, prefix string) string
func TrimRight(s, cutset string) string
func TrimRightFunc(s string, f func(rune) bool) string
func TrimSpace(s string) string
func TrimSuffix(s, suffix string) string
type Builder struct {

}
type Reader struct {

}
type Replacer struct {

}
`,
  fmt: `package fmt
import "io"
func Append(b []byte, a ...any) []byte
func Appendf(b []byte, format string, a ...any) []byte
func Appendln(b []byte, a ...any) []byte
func Errorf(format string, a ...any) (err error)
func FormatString(state State, verb rune) string
func Fprint(w io.Writer, a ...any) (n int, err error)
func Fprintf(w io.Writer, format string, a ...any) (n int, err error)
func Fprintln(w io.Writer, a ...any) (n int, err error)
func Fscan(r io.Reader, a ...any) (n int, err error)
func Fscanf(r io.Reader, format string, a ...any) (n int, err error)
func Fscanln(r io.Reader, a ...any) (n int, err error)
func Print(a ...any) (n int, err error)
func Printf(format string, a ...any) (n int, err error)
func Println(a ...any) (n int, err error)
func Scan(a ...any) (n int, err error)
func Scanf(format string, a ...any) (n int, err error)
func Scanln(a ...any) (n int, err error)
func Sprint(a ...any) string
func Sprintf(format string, a ...any) string
func Sprintln(a ...any) string
func Sscan(str string, a ...any) (n int, err error)
func Sscanf(str string, format string, a ...any) (n int, err error)
func Sscanln(str string, a ...any) (n int, err error)
type Formatter interface {
Format(f State, verb rune)
}
type GoStringer interface {
GoString() string
}
type ScanState interface {
ReadRune() (r rune, size int, err error)
UnreadRune() error
SkipSpace()
Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
Width() (wid int, ok bool)
Read(buf []byte) (n int, err error)
}
type Scanner interface {
Scan(state ScanState, verb rune) error
}
type State interface {
Write(b []byte) (n int, err error)
Width() (wid int, ok bool)
Precision() (prec int, ok bool)
Flag(c int) bool
}
type Stringer interface {
String() string
}
type fmtFlags struct {

}
type ssave struct {

}
`,
  log: `package log
import "io"
const (
Ldate = 1 << iota
Ltime
Lmicroseconds
Llongfile
Lshortfile
LUTC
Lmsgprefix
LstdFlags = Ldate | Ltime
)
func (l *Logger) Fatal(v ...any)
func (l *Logger) Fatalf(format string, v ...any)
func (l *Logger) Fatalln(v ...any)
func (l *Logger) Flags() int
func (l *Logger) Output(calldepth int, s string) error
func (l *Logger) Panic(v ...any)
func (l *Logger) Panicf(format string, v ...any)
func (l *Logger) Panicln(v ...any)
func (l *Logger) Prefix() string
func (l *Logger) Print(v ...any)
func (l *Logger) Printf(format string, v ...any)
func (l *Logger) Println(v ...any)
func (l *Logger) SetFlags(flag int)
func (l *Logger) SetOutput(w io.Writer)
func (l *Logger) SetPrefix(prefix string)
func (l *Logger) Writer() io.Writer
func Default() *Logger
func Fatal(v ...any)
func Fatalf(format string, v ...any)
func Fatalln(v ...any)
func Flags() int
func New(out io.Writer, prefix string, flag int) *Logger
func Output(calldepth int, s string) error
func Panic(v ...any)
func Panicf(format string, v ...any)
func Panicln(v ...any)
func Prefix() string
func Print(v ...any)
func Printf(format string, v ...any)
func Println(v ...any)
func SetFlags(flag int)
func SetOutput(w io.Writer)
func SetPrefix(prefix string)
func Writer() io.Writer
type Logger struct {

}
`,
  'log/slog': `package slog
import "context"
import "io"
import "log"
import "time"
const (
KindAny Kind = iota
KindBool
KindDuration
KindFloat64
KindInt64
KindString
KindTime
KindUint64
KindGroup
KindLogValuer
)
const (
LevelDebug Level = -4
LevelInfo Level = 0
LevelWarn Level = 4
LevelError Level = 8
)
const (
TimeKey = "time"
LevelKey = "level"
MessageKey = "msg"
SourceKey = "source"
)
func (a Attr) Equal(b Attr) bool
func (a Attr) String() string
func (h *JSONHandler) Enabled(_ context.Context, level Level) bool
func (h *JSONHandler) Handle(_ context.Context, r Record) error
func (h *JSONHandler) WithAttrs(attrs []Attr) Handler
func (h *JSONHandler) WithGroup(name string) Handler
func (h *MultiHandler) Enabled(ctx context.Context, l Level) bool
func (h *MultiHandler) Handle(ctx context.Context, r Record) error
func (h *MultiHandler) WithAttrs(attrs []Attr) Handler
func (h *MultiHandler) WithGroup(name string) Handler
func (h *TextHandler) Enabled(_ context.Context, level Level) bool
func (h *TextHandler) Handle(_ context.Context, r Record) error
func (h *TextHandler) WithAttrs(attrs []Attr) Handler
func (h *TextHandler) WithGroup(name string) Handler
func (k Kind) String() string
func (l *Level) UnmarshalJSON(data []byte) error
func (l *Level) UnmarshalText(data []byte) error
func (l *Logger) Debug(msg string, args ...any)
func (l *Logger) DebugContext(ctx context.Context, msg string, args ...any)
func (l *Logger) Enabled(ctx context.Context, level Level) bool
func (l *Logger) Error(msg string, args ...any)
func (l *Logger) ErrorContext(ctx context.Context, msg string, args ...any)
func (l *Logger) Handler() Handler
func (l *Logger) Info(msg string, args ...any)
func (l *Logger) InfoContext(ctx context.Context, msg string, args ...any)
func (l *Logger) Log(ctx context.Context, level Level, msg string, args ...any)
func (l *Logger) LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr)
func (l *Logger) Warn(msg string, args ...any)
func (l *Logger) WarnContext(ctx context.Context, msg string, args ...any)
func (l *Logger) With(args ...any) *Logger
func (l *Logger) WithGroup(name string) *Logger
func (l Level) AppendText(b []byte) ([]byte, error)
func (l Level) Level() Level
func (l Level) MarshalJSON() ([]byte, error)
func (l Level) MarshalText() ([]byte, error)
func (l Level) String() string
func (r *Record) Add(args ...any)
func (r *Record) AddAttrs(attrs ...Attr)
func (r Record) Attrs(f func(Attr) bool)
func (r Record) Clone() Record
func (r Record) NumAttrs() int
func (r Record) Source() *Source
func (v *LevelVar) AppendText(b []byte) ([]byte, error)
func (v *LevelVar) Level() Level
func (v *LevelVar) MarshalText() ([]byte, error)
func (v *LevelVar) Set(l Level)
func (v *LevelVar) String() string
func (v *LevelVar) UnmarshalText(data []byte) error
func (v Value) Any() any
func (v Value) Bool() bool
func (v Value) Duration() time.Duration
func (v Value) Equal(w Value) bool
func (v Value) Float64() float64
func (v Value) Group() []Attr
func (v Value) Int64() int64
func (v Value) Kind() Kind
func (v Value) LogValuer() LogValuer
func (v Value) Resolve() (rv Value)
func (v Value) String() string
func (v Value) Time() time.Time
func (v Value) Uint64() uint64
func Any(key string, value any) Attr
func AnyValue(v any) Value
func Bool(key string, v bool) Attr
func BoolValue(v bool) Value
func Debug(msg string, args ...any)
func DebugContext(ctx context.Context, msg string, args ...any)
func Default() *Logger
func Duration(key string, v time.Duration) Attr
func DurationValue(v time.Duration) Value
func Error(msg string, args ...any)
func ErrorContext(ctx context.Context, msg string, args ...any)
func Float64(key string, v float64) Attr
func Float64Value(v float64) Value
func Group(key string, args ...any) Attr
func GroupAttrs(key string, attrs ...Attr) Attr
func GroupValue(as ...Attr) Value
func Info(msg string, args ...any)
func InfoContext(ctx context.Context, msg string, args ...any)
func Int(key string, value int) Attr
func Int64(key string, value int64) Attr
func Int64Value(v int64) Value
func IntValue(v int) Value
func Log(ctx context.Context, level Level, msg string, args ...any)
func LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr)
func New(h Handler) *Logger
func NewJSONHandler(w io.Writer, opts *HandlerOptions) *JSONHandler
func NewLogLogger(h Handler, level Level) *log.Logger
func NewMultiHandler(handlers ...Handler) *MultiHandler
func NewRecord(t time.Time, level Level, msg string, pc uintptr) Record
func NewTextHandler(w io.Writer, opts *HandlerOptions) *TextHandler
func SetDefault(l *Logger)
func SetLogLoggerLevel(level Level) (oldLevel Level)
func String(key, value string) Attr
func StringValue(value string) Value
func Time(key string, v time.Time) Attr
func TimeValue(v time.Time) Value
func Uint64(key string, v uint64) Attr
func Uint64Value(v uint64) Value
func Warn(msg string, args ...any)
func WarnContext(ctx context.Context, msg string, args ...any)
func With(args ...any) *Logger
type Attr struct {
Key string
Value Value
}
type Handler interface {
Enabled(context.Context, Level) bool
Handle(context.Context, Record) error
WithAttrs(attrs []Attr) Handler
WithGroup(name string) Handler
}
type HandlerOptions struct {
AddSource bool
Level Leveler
ReplaceAttr func(groups []string, a Attr) Attr
}
type JSONHandler struct {
*commonHandler
}
type Kind int
type Level int
type LevelVar struct {

}
type Leveler interface {
Level() Level
}
type LogValuer interface {
LogValue() Value
}
type Logger struct {

}
type MultiHandler struct {

}
type Record struct {
Time time.Time
Message string
Level Level
PC uintptr
}
type Source struct {
Function string
File string
Line int
}
type TextHandler struct {
*commonHandler
}
type Value struct {

}
type commonHandler struct {

}
var DiscardHandler Handler = discardHandler{}
`,
  'net/url': `package url
func (e *Error) Error() string
func (e *Error) Temporary() bool
func (e *Error) Timeout() bool
func (e *Error) Unwrap() error
func (e EscapeError) Error() string
func (e InvalidHostError) Error() string
func (u *URL) AppendBinary(b []byte) ([]byte, error)
func (u *URL) EscapedFragment() string
func (u *URL) EscapedPath() string
func (u *URL) Hostname() string
func (u *URL) IsAbs() bool
func (u *URL) JoinPath(elem ...string) *URL
func (u *URL) MarshalBinary() (text []byte, err error)
func (u *URL) Parse(ref string) (*URL, error)
func (u *URL) Port() string
func (u *URL) Query() Values
func (u *URL) Redacted() string
func (u *URL) RequestURI() string
func (u *URL) ResolveReference(ref *URL) *URL
func (u *URL) String() string
func (u *URL) UnmarshalBinary(text []byte) error
func (u *Userinfo) Password() (string, bool)
func (u *Userinfo) String() string
func (u *Userinfo) Username() string
func (v Values) Add(key, value string)
func (v Values) Del(key string)
func (v Values) Encode() string
func (v Values) Get(key string) string
func (v Values) Has(key string) bool
func (v Values) Set(key, value string)
func JoinPath(base string, elem ...string) (result string, err error)
func Parse(rawURL string) (*URL, error)
func ParseQuery(query string) (Values, error)
func ParseRequestURI(rawURL string) (*URL, error)
func PathEscape(s string) string
func PathUnescape(s string) (string, error)
func QueryEscape(s string) string
func QueryUnescape(s string) (string, error)
func User(username string) *Userinfo
func UserPassword(username, password string) *Userinfo
type Error struct {
Op string
URL string
Err error
}
type EscapeError string
type InvalidHostError string
type URL struct {
Scheme string
Opaque string
User *Userinfo
Host string
Path string
Fragment string
RawQuery string
RawPath string
RawFragment string
ForceQuery bool
OmitHost bool
}
type Userinfo struct {

}
type Values map[string][]string
`,
  strconv: `package strconv
import "errors"
import "internal/strconv"
const (
IntSize = strconv.IntSize
)
func (e *NumError) Error() string
func (e *NumError) Unwrap() error
func AppendBool(dst []byte, b bool) []byte
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte
func AppendInt(dst []byte, i int64, base int) []byte
func AppendQuote(dst []byte, s string) []byte
func AppendQuoteRune(dst []byte, r rune) []byte
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte
func AppendQuoteToASCII(dst []byte, s string) []byte
func AppendQuoteToGraphic(dst []byte, s string) []byte
func AppendUint(dst []byte, i uint64, base int) []byte
func Atoi(s string) (int, error)
func CanBackquote(s string) bool
func FormatBool(b bool) string
func FormatComplex(c complex128, fmt byte, prec, bitSize int) string
func FormatFloat(f float64, fmt byte, prec, bitSize int) string
func FormatInt(i int64, base int) string
func FormatUint(i uint64, base int) string
func IsGraphic(r rune) bool
func IsPrint(r rune) bool
func Itoa(i int) string
func ParseBool(str string) (bool, error)
func ParseComplex(s string, bitSize int) (complex128, error)
func ParseFloat(s string, bitSize int) (float64, error)
func ParseInt(s string, base int, bitSize int) (i int64, err error)
func ParseUint(s string, base int, bitSize int) (uint64, error)
func Quote(s string) string
func QuoteRune(r rune) string
func QuoteRuneToASCII(r rune) string
func QuoteRuneToGraphic(r rune) string
func QuoteToASCII(s string) string
func QuoteToGraphic(s string) string
func QuotedPrefix(s string) (string, error)
func Unquote(s string) (string, error)
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error)
type NumError struct {
Func string
Num string
Err error
}
var ErrRange = errors.New("value out of range")
var ErrSyntax = errors.New("invalid syntax")
`,
  'encoding/json': `package json
import "bytes"
import "io"
import "reflect"
func (d Delim) String() string
func (dec *Decoder) Buffered() io.Reader
func (dec *Decoder) Decode(v any) error
func (dec *Decoder) DisallowUnknownFields()
func (dec *Decoder) InputOffset() int64
func (dec *Decoder) More() bool
func (dec *Decoder) Token() (Token, error)
func (dec *Decoder) UseNumber()
func (e *InvalidUTF8Error) Error() string
func (e *InvalidUnmarshalError) Error() string
func (e *MarshalerError) Error() string
func (e *MarshalerError) Unwrap() error
func (e *SyntaxError) Error() string
func (e *UnmarshalFieldError) Error() string
func (e *UnmarshalTypeError) Error() string
func (e *UnsupportedTypeError) Error() string
func (e *UnsupportedValueError) Error() string
func (enc *Encoder) Encode(v any) error
func (enc *Encoder) SetEscapeHTML(on bool)
func (enc *Encoder) SetIndent(prefix, indent string)
func (m *RawMessage) UnmarshalJSON(data []byte) error
func (m RawMessage) MarshalJSON() ([]byte, error)
func (n Number) Float64() (float64, error)
func (n Number) Int64() (int64, error)
func (n Number) String() string
func Compact(dst *bytes.Buffer, src []byte) error
func HTMLEscape(dst *bytes.Buffer, src []byte)
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error
func Marshal(v any) ([]byte, error)
func MarshalIndent(v any, prefix, indent string) ([]byte, error)
func NewDecoder(r io.Reader) *Decoder
func NewEncoder(w io.Writer) *Encoder
func Unmarshal(data []byte, v any) error
func Valid(data []byte) bool
type Decoder struct {

}
type Delim rune
type Encoder struct {

}
type InvalidUTF8Error struct {
S string
}
type InvalidUnmarshalError struct {
Type reflect.Type
}
type Marshaler interface {
MarshalJSON() ([]byte, error)
}
type MarshalerError struct {
Type reflect.Type
Err error
}
type Number string
type RawMessage []byte
type SyntaxError struct {
Offset int64
}
type Token any
type UnmarshalFieldError struct {
Key string
Type reflect.Type
Field reflect.StructField
}
type UnmarshalTypeError struct {
Value string
Type reflect.Type
Offset int64
Struct string
Field string
}
type Unmarshaler interface {
UnmarshalJSON([]byte) error
}
type UnsupportedTypeError struct {
Type reflect.Type
}
type UnsupportedValueError struct {
Value reflect.Value
Str string
}
`,
  sort: `package sort
func (p Float64Slice) Search(x float64) int
func (p IntSlice) Search(x int) int
func (p StringSlice) Search(x string) int
func (x Float64Slice) Len() int
func (x Float64Slice) Less(i, j int) bool
func (x Float64Slice) Sort()
func (x Float64Slice) Swap(i, j int)
func (x IntSlice) Len() int
func (x IntSlice) Less(i, j int) bool
func (x IntSlice) Sort()
func (x IntSlice) Swap(i, j int)
func (x StringSlice) Len() int
func (x StringSlice) Less(i, j int) bool
func (x StringSlice) Sort()
func (x StringSlice) Swap(i, j int)
func Find(n int, cmp func(int) int) (i int, found bool)
func Float64s(x []float64)
func Float64sAreSorted(x []float64) bool
func Ints(x []int)
func IntsAreSorted(x []int) bool
func IsSorted(data Interface) bool
func Reverse(data Interface) Interface
func Search(n int, f func(int) bool) int
func SearchFloat64s(a []float64, x float64) int
func SearchInts(a []int, x int) int
func SearchStrings(a []string, x string) int
func Slice(x any, less func(i, j int) bool)
func SliceIsSorted(x any, less func(i, j int) bool) bool
func SliceStable(x any, less func(i, j int) bool)
func Sort(data Interface)
func Stable(data Interface)
func Strings(x []string)
func StringsAreSorted(x []string) bool
type Float64Slice []float64
type IntSlice []int
type Interface interface {
Len() int
Less(i, j int) bool
Swap(i, j int)
}
type StringSlice []string
`,
  slices: `package slices
import "cmp"
import "iter"
func All[Slice ~[]E, E any](s Slice) iter.Seq2[int, E]
func AppendSeq[Slice ~[]E, E any](s Slice, seq iter.Seq[E]) Slice
func Backward[Slice ~[]E, E any](s Slice) iter.Seq2[int, E]
func BinarySearchFunc[S ~[]E, E, T any](x S, target T, cmp func(E, T) int) (int, bool)
func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool)
func Chunk[Slice ~[]E, E any](s Slice, n int) iter.Seq[Slice]
func Clip[S ~[]E, E any](s S) S
func Clone[S ~[]E, E any](s S) S
func Collect[E any](seq iter.Seq[E]) []E
func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S
func Compact[S ~[]E, E comparable](s S) S
func CompareFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, cmp func(E1, E2) int) int
func Compare[S ~[]E, E cmp.Ordered](s1, s2 S) int
func Concat[S ~[]E, E any](slices ...S) S
func ContainsFunc[S ~[]E, E any](s S, f func(E) bool) bool
func Contains[S ~[]E, E comparable](s S, v E) bool
func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S
func Delete[S ~[]E, E any](s S, i, j int) S
func EqualFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, eq func(E1, E2) bool) bool
func Equal[S ~[]E, E comparable](s1, s2 S) bool
func Grow[S ~[]E, E any](s S, n int) S
func IndexFunc[S ~[]E, E any](s S, f func(E) bool) int
func Index[S ~[]E, E comparable](s S, v E) int
func Insert[S ~[]E, E any](s S, i int, v ...E) S
func IsSortedFunc[S ~[]E, E any](x S, cmp func(a, b E) int) bool
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool
func MaxFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E
func Max[S ~[]E, E cmp.Ordered](x S) E
func MinFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E
func Min[S ~[]E, E cmp.Ordered](x S) E
func Repeat[S ~[]E, E any](x S, count int) S
func Replace[S ~[]E, E any](s S, i, j int, v ...E) S
func Reverse[S ~[]E, E any](s S)
func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int)
func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int)
func Sort[S ~[]E, E cmp.Ordered](x S)
func SortedFunc[E any](seq iter.Seq[E], cmp func(E, E) int) []E
func SortedStableFunc[E any](seq iter.Seq[E], cmp func(E, E) int) []E
func Sorted[E cmp.Ordered](seq iter.Seq[E]) []E
func Values[Slice ~[]E, E any](s Slice) iter.Seq[E]
`,
  maps: `package maps
import "iter"
func All[Map ~map[K]V, K comparable, V any](m Map) iter.Seq2[K, V]
func Clone[M ~map[K]V, K comparable, V any](m M) M
func Collect[K comparable, V any](seq iter.Seq2[K, V]) map[K]V
func Copy[M1 ~map[K]V, M2 ~map[K]V, K comparable, V any](dst M1, src M2)
func DeleteFunc[M ~map[K]V, K comparable, V any](m M, del func(K, V) bool)
func EqualFunc[M1 ~map[K]V1, M2 ~map[K]V2, K comparable, V1, V2 any](m1 M1, m2 M2, eq func(V1, V2) bool) bool
func Equal[M1, M2 ~map[K]V, K, V comparable](m1 M1, m2 M2) bool
func Insert[Map ~map[K]V, K comparable, V any](m Map, seq iter.Seq2[K, V])
func Keys[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[K]
func Values[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[V]
`,
  'math/rand': `package rand
func (r *Rand) ExpFloat64() float64
func (r *Rand) Float32() float32
func (r *Rand) Float64() float64
func (r *Rand) Int() int
func (r *Rand) Int31() int32
func (r *Rand) Int31n(n int32) int32
func (r *Rand) Int63() int64
func (r *Rand) Int63n(n int64) int64
func (r *Rand) Intn(n int) int
func (r *Rand) NormFloat64() float64
func (r *Rand) Perm(n int) []int
func (r *Rand) Read(p []byte) (n int, err error)
func (r *Rand) Seed(seed int64)
func (r *Rand) Shuffle(n int, swap func(i, j int))
func (r *Rand) Uint32() uint32
func (r *Rand) Uint64() uint64
func (z *Zipf) Uint64() uint64
func ExpFloat64() float64
func Float32() float32
func Float64() float64
func Int() int
func Int31() int32
func Int31n(n int32) int32
func Int63() int64
func Int63n(n int64) int64
func Intn(n int) int
func New(src Source) *Rand
func NewSource(seed int64) Source
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf
func NormFloat64() float64
func Perm(n int) []int
func Read(p []byte) (n int, err error)
func Seed(seed int64)
func Shuffle(n int, swap func(i, j int))
func Uint32() uint32
func Uint64() uint64
type Rand struct {

}
type Source interface {
Int63() int64
Seed(seed int64)
}
type Source64 interface {
Source
Uint64() uint64
}
type Zipf struct {

}
`,
  'math/rand/v2': `package rand
func (c *ChaCha8) AppendBinary(b []byte) ([]byte, error)
func (c *ChaCha8) MarshalBinary() ([]byte, error)
func (c *ChaCha8) Read(p []byte) (n int, err error)
func (c *ChaCha8) Seed(seed [32]byte)
func (c *ChaCha8) Uint64() uint64
func (c *ChaCha8) UnmarshalBinary(data []byte) error
func (p *PCG) AppendBinary(b []byte) ([]byte, error)
func (p *PCG) MarshalBinary() ([]byte, error)
func (p *PCG) Seed(seed1, seed2 uint64)
func (p *PCG) Uint64() uint64
func (p *PCG) UnmarshalBinary(data []byte) error
func (r *Rand) ExpFloat64() float64
func (r *Rand) Float32() float32
func (r *Rand) Float64() float64
func (r *Rand) Int() int
func (r *Rand) Int32() int32
func (r *Rand) Int32N(n int32) int32
func (r *Rand) Int64() int64
func (r *Rand) Int64N(n int64) int64
func (r *Rand) IntN(n int) int
func (r *Rand) NormFloat64() float64
func (r *Rand) Perm(n int) []int
func (r *Rand) Shuffle(n int, swap func(i, j int))
func (r *Rand) Uint() uint
func (r *Rand) Uint32() uint32
func (r *Rand) Uint32N(n uint32) uint32
func (r *Rand) Uint64() uint64
func (r *Rand) Uint64N(n uint64) uint64
func (r *Rand) UintN(n uint) uint
func (z *Zipf) Uint64() uint64
func ExpFloat64() float64
func Float32() float32
func Float64() float64
func Int() int
func Int32() int32
func Int32N(n int32) int32
func Int64() int64
func Int64N(n int64) int64
func IntN(n int) int
func N[Int intType](n Int) Int
func New(src Source) *Rand
func NewChaCha8(seed [32]byte) *ChaCha8
func NewPCG(seed1, seed2 uint64) *PCG
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf
func NormFloat64() float64
func Perm(n int) []int
func Shuffle(n int, swap func(i, j int))
func Uint() uint
func Uint32() uint32
func Uint32N(n uint32) uint32
func Uint64() uint64
func Uint64N(n uint64) uint64
func UintN(n uint) uint
type ChaCha8 struct {

}
type PCG struct {

}
type Rand struct {

}
type Source interface {
Uint64() uint64
}
type Zipf struct {

}
`,
  runtime: `package runtime
import "internal/abi"
import "internal/goarch"
import "internal/goos"
import "internal/runtime/sys"
import "unsafe"
const (
Compiler = "gc"
)
const (
GOARCH string = goarch.GOARCH
)
const (
GOOS string = goos.GOOS
)
func (*PanicNilError) Error() string
func (*PanicNilError) RuntimeError()
func (*TypeAssertionError) RuntimeError()
func (c Cleanup) Stop()
func (ci *Frames) Next() (frame Frame, more bool)
func (e *TypeAssertionError) Error() string
func (f *Func) Entry() uintptr
func (f *Func) FileLine(pc uintptr) (file string, line int)
func (f *Func) Name() string
func (p *Pinner) Pin(pointer any)
func (p *Pinner) Unpin()
func (r *MemProfileRecord) InUseBytes() int64
func (r *MemProfileRecord) InUseObjects() int64
func (r *MemProfileRecord) Stack() []uintptr
func (r *StackRecord) Stack() []uintptr
func (tl traceLocker) GCActive()
func (tl traceLocker) GCDone()
func (tl traceLocker) GCMarkAssistDone()
func (tl traceLocker) GCMarkAssistStart()
func (tl traceLocker) GCStart()
func (tl traceLocker) GCSweepDone()
func (tl traceLocker) GCSweepSpan(bytesSwept uintptr)
func (tl traceLocker) GCSweepStart()
func (tl traceLocker) GoCreate(newg *g, pc uintptr, blocked bool)
func (tl traceLocker) GoCreateSyscall(gp *g)
func (tl traceLocker) GoDestroySyscall()
func (tl traceLocker) GoEnd()
func (tl traceLocker) GoPark(reason traceBlockReason, skip int)
func (tl traceLocker) GoPreempt()
func (tl traceLocker) GoSched()
func (tl traceLocker) GoStart()
func (tl traceLocker) GoStop(reason traceGoStopReason)
func (tl traceLocker) GoSwitch(nextg *g, destroy bool)
func (tl traceLocker) GoSysCall()
func (tl traceLocker) GoSysExit(lostP bool)
func (tl traceLocker) GoUnpark(gp *g, skip int)
func (tl traceLocker) Gomaxprocs(procs int32)
func (tl traceLocker) GoroutineStackAlloc(base, size uintptr)
func (tl traceLocker) GoroutineStackExists(base, size uintptr)
func (tl traceLocker) GoroutineStackFree(base uintptr)
func (tl traceLocker) HeapAlloc(live uint64)
func (tl traceLocker) HeapGoal()
func (tl traceLocker) HeapObjectAlloc(addr uintptr, typ *abi.Type)
func (tl traceLocker) HeapObjectExists(addr uintptr, typ *abi.Type)
func (tl traceLocker) HeapObjectFree(addr uintptr)
func (tl traceLocker) ProcStart()
func (tl traceLocker) ProcSteal(pp *p)
func (tl traceLocker) ProcStop(pp *p)
func (tl traceLocker) STWDone()
func (tl traceLocker) STWStart(reason stwReason)
func (tl traceLocker) SpanAlloc(s *mspan)
func (tl traceLocker) SpanExists(s *mspan)
func (tl traceLocker) SpanFree(s *mspan)
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup
func BlockProfile(p []BlockProfileRecord) (n int, ok bool)
func Breakpoint()
func CPUProfile() []byte
func Caller(skip int) (pc uintptr, file string, line int, ok bool)
func Callers(skip int, pc []uintptr) int
func CallersFrames(callers []uintptr) *Frames
func FuncForPC(pc uintptr) *Func
func GC()
func GOMAXPROCS(n int) int
func GOROOT() string
func Goexit()
func GoroutineProfile(p []StackRecord) (n int, ok bool)
func Gosched()
func KeepAlive(x any)
func LockOSThread()
func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool)
func MutexProfile(p []BlockProfileRecord) (n int, ok bool)
func NumCPU() int
func NumCgoCall() int64
func NumGoroutine() int
func ReadMemStats(m *MemStats)
func ReadTrace() (buf []byte)
func SetBlockProfileRate(rate int)
func SetCPUProfileRate(hz int)
func SetCgoTraceback(version int, traceback, context, symbolizer unsafe.Pointer)
func SetDefaultGOMAXPROCS()
func SetFinalizer(obj any, finalizer any)
func SetMutexProfileFraction(rate int) int
func Stack(buf []byte, all bool) int
func StartTrace() error
func StopTrace()
func ThreadCreateProfile(p []StackRecord) (n int, ok bool)
func UnlockOSThread()
func Version() string
type BlockProfileRecord struct {
Count int64
Cycles int64
StackRecord
}
type Cleanup struct {

}
type Error interface {
error
RuntimeError()
}
type Frame struct {
PC uintptr
Func *Func
Function string
File string
Line int
Entry uintptr
}
type Frames struct {

}
type Func struct {

}
type MemProfileRecord struct {
AllocBytes, FreeBytes int64
AllocObjects, FreeObjects int64
Stack0 [32]uintptr
}
type MemStats struct {
Alloc uint64
TotalAlloc uint64
Sys uint64
Lookups uint64
Mallocs uint64
Frees uint64
HeapAlloc uint64
HeapSys uint64
HeapIdle uint64
HeapInuse uint64
HeapReleased uint64
HeapObjects uint64
StackInuse uint64
StackSys uint64
MSpanInuse uint64
MSpanSys uint64
MCacheInuse uint64
MCacheSys uint64
BuckHashSys uint64
GCSys uint64
OtherSys uint64
NextGC uint64
LastGC uint64
PauseTotalNs uint64
PauseNs [256]uint64
PauseEnd [256]uint64
NumGC uint32
NumForcedGC uint32
GCCPUFraction float64
EnableGC bool
DebugGC bool
BySize [61]struct {
Size uint32
Mallocs uint64
Frees uint64
}
}
type PanicNilError struct {

}
type Pinner struct {
*pinner
}
type StackRecord struct {
Stack0 [32]uintptr
}
type TypeAssertionError struct {

}
type _func struct {
sys.NotInHeap
}
type cleanupBlockHeader struct {
lfnode
}
type cpuStats struct {
GCAssistTime int64
GCDedicatedTime int64
GCIdleTime int64
GCPauseTime int64
GCTotalTime int64
ScavengeAssistTime int64
ScavengeBgTime int64
ScavengeTotalTime int64
IdleTime int64
UserTime int64
TotalTime int64
}
type dlogPerM struct {

}
type gcBgMarkWorkerNode struct {

}
type heapStatsDelta struct {

}
type lfnode struct {

}
type lockRankStruct struct {

}
type m struct {
dlogPerM
mOS
}
type mOS struct {

}
type maybeTraceablePtr struct {

}
type mspan struct {

}
type pallocBits pageBits
type pinner struct {

}
type scavChunkFlags uint8
type sigeventFields struct {

}
type siginfoFields struct {

}
type spanSetBlockHeader struct {
lfnode
}
type spanSetBlockHeader2 struct {
spanSetBlockHeader
}
type stackObjectBufHdr struct {
workbufhdr
}
type stackWorkBufHdr struct {
workbufhdr
}
type timer struct {

}
type traceBuf struct {
traceBufHeader
}
type traceBufHeader struct {

}
type traceLocker struct {

}
type traceRegionAllocBlockHeader struct {

}
type traceSchedResourceState struct {

}
type workbufhdr struct {

}
var MemProfileRate int = 512 * 1024
`,
  'runtime/debug': `package debug
import "os"
import "time"
func (bi *BuildInfo) String() string
func FreeOSMemory()
func ParseBuildInfo(data string) (bi *BuildInfo, err error)
func PrintStack()
func ReadBuildInfo() (info *BuildInfo, ok bool)
func ReadGCStats(stats *GCStats)
func SetCrashOutput(f *os.File, opts CrashOptions) error
func SetGCPercent(percent int) int
func SetMaxStack(bytes int) int
func SetMaxThreads(threads int) int
func SetMemoryLimit(limit int64) int64
func SetPanicOnFault(enabled bool) bool
func SetTraceback(level string)
func Stack() []byte
func WriteHeapDump(fd uintptr)
type BuildInfo struct {
GoVersion string
Path string
Main Module
Deps []*Module
Settings []BuildSetting
}
type BuildSetting struct {
Key string
Value string
}
type CrashOptions struct {

}
type GCStats struct {
LastGC time.Time
NumGC int64
PauseTotal time.Duration
Pause []time.Duration
PauseEnd []time.Time
PauseQuantiles []time.Duration
}
type Module struct {
Path string
Version string
Sum string
Replace *Module
}
`,
  reflect: `package reflect
import "internal/abi"
import "iter"
import "unsafe"
const (
Invalid Kind = iota
Bool
Int
Int8
Int16
Int32
Int64
Uint
Uint8
Uint16
Uint32
Uint64
Uintptr
Float32
Float64
Complex64
Complex128
Array
Chan
Func
Interface
Map
Pointer
Slice
String
Struct
UnsafePointer
)
const (
Ptr = Pointer
)
const (
RecvDir ChanDir = 1 << iota
SendDir
BothDir = RecvDir | SendDir
)
const (
_ SelectDir = iota
SelectSend
SelectRecv
SelectDefault
)
func (d ChanDir) String() string
func (e *ValueError) Error() string
func (f StructField) IsExported() bool
func (iter *MapIter) Key() Value
func (iter *MapIter) Next() bool
func (iter *MapIter) Reset(v Value)
func (iter *MapIter) Value() Value
func (k Kind) String() string
func (m Method) IsExported() bool
func (t *structType) Field(i int) (f StructField)
func (t *structType) FieldByIndex(index []int) (f StructField)
func (t *structType) FieldByName(name string) (f StructField, present bool)
func (t *structType) FieldByNameFunc(match func(string) bool) (result StructField, ok bool)
func (tag StructTag) Get(key string) string
func (tag StructTag) Lookup(key string) (value string, ok bool)
func (v Value) Addr() Value
func (v Value) Bool() bool
func (v Value) Bytes() []byte
func (v Value) Call(in []Value) []Value
func (v Value) CallSlice(in []Value) []Value
func (v Value) CanAddr() bool
func (v Value) CanComplex() bool
func (v Value) CanConvert(t Type) bool
func (v Value) CanFloat() bool
func (v Value) CanInt() bool
func (v Value) CanInterface() bool
func (v Value) CanSet() bool
func (v Value) CanUint() bool
func (v Value) Cap() int
func (v Value) Clear()
func (v Value) Close()
func (v Value) Comparable() bool
func (v Value) Complex() complex128
func (v Value) Convert(t Type) Value
func (v Value) Elem() Value
func (v Value) Equal(u Value) bool
func (v Value) Field(i int) Value
func (v Value) FieldByIndex(index []int) Value
func (v Value) FieldByIndexErr(index []int) (Value, error)
func (v Value) FieldByName(name string) Value
func (v Value) FieldByNameFunc(match func(string) bool) Value
func (v Value) Fields() iter.Seq2[StructField, Value]
func (v Value) Float() float64
func (v Value) Grow(n int)
func (v Value) Index(i int) Value
func (v Value) Int() int64
func (v Value) Interface() (i any)
func (v Value) InterfaceData() [2]uintptr
func (v Value) IsNil() bool
func (v Value) IsValid() bool
func (v Value) IsZero() bool
func (v Value) Kind() Kind
func (v Value) Len() int
func (v Value) MapIndex(key Value) Value
func (v Value) MapKeys() []Value
func (v Value) MapRange() *MapIter
func (v Value) Method(i int) Value
func (v Value) MethodByName(name string) Value
func (v Value) Methods() iter.Seq2[Method, Value]
func (v Value) NumField() int
func (v Value) NumMethod() int
func (v Value) OverflowComplex(x complex128) bool
func (v Value) OverflowFloat(x float64) bool
func (v Value) OverflowInt(x int64) bool
func (v Value) OverflowUint(x uint64) bool
func (v Value) Pointer() uintptr
func (v Value) Recv() (x Value, ok bool)
func (v Value) Send(x Value)
func (v Value) Seq() iter.Seq[Value]
func (v Value) Seq2() iter.Seq2[Value, Value]
func (v Value) Set(x Value)
func (v Value) SetBool(x bool)
func (v Value) SetBytes(x []byte)
func (v Value) SetCap(n int)
func (v Value) SetComplex(x complex128)
func (v Value) SetFloat(x float64)
func (v Value) SetInt(x int64)
func (v Value) SetIterKey(iter *MapIter)
func (v Value) SetIterValue(iter *MapIter)
func (v Value) SetLen(n int)
func (v Value) SetMapIndex(key, elem Value)
func (v Value) SetPointer(x unsafe.Pointer)
func (v Value) SetString(x string)
func (v Value) SetUint(x uint64)
func (v Value) SetZero()
func (v Value) Slice(i, j int) Value
func (v Value) Slice3(i, j, k int) Value
func (v Value) String() string
func (v Value) TryRecv() (x Value, ok bool)
func (v Value) TrySend(x Value) bool
func (v Value) Type() Type
func (v Value) Uint() uint64
func (v Value) UnsafeAddr() uintptr
func (v Value) UnsafePointer() unsafe.Pointer
func Append(s Value, x ...Value) Value
func AppendSlice(s, t Value) Value
func ArrayOf(length int, elem Type) Type
func ChanOf(dir ChanDir, t Type) Type
func Copy(dst, src Value) int
func DeepEqual(x, y any) bool
func FuncOf(in, out []Type, variadic bool) Type
func Indirect(v Value) Value
func MakeChan(typ Type, buffer int) Value
func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value
func MakeMap(typ Type) Value
func MakeMapWithSize(typ Type, n int) Value
func MakeSlice(typ Type, len, cap int) Value
func MapOf(key, elem Type) Type
func New(typ Type) Value
func NewAt(typ Type, p unsafe.Pointer) Value
func PointerTo(t Type) Type
func PtrTo(t Type) Type
func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool)
func SliceAt(typ Type, p unsafe.Pointer, n int) Value
func SliceOf(t Type) Type
func StructOf(fields []StructField) Type
func Swapper(slice any) func(i, j int)
func TypeAssert[T any](v Value) (T, bool)
func TypeFor[T any]() Type
func TypeOf(i any) Type
func ValueOf(i any) Value
func VisibleFields(t Type) []StructField
func Zero(typ Type) Value
type ChanDir int
type Kind uint
type MapIter struct {

}
type Method struct {
Name string
PkgPath string
Type Type
Func Value
Index int
}
type SelectCase struct {
Dir SelectDir
Chan Value
Send Value
}
type SelectDir int
type SliceHeader struct {
Data uintptr
Len int
Cap int
}
type StringHeader struct {
Data uintptr
Len int
}
type StructField struct {
Name string
PkgPath string
Type Type
Tag StructTag
Offset uintptr
Index []int
Anonymous bool
}
type StructTag string
type Type interface {
Align() int
FieldAlign() int
Method(int) Method
Methods() iter.Seq[Method]
MethodByName(string) (Method, bool)
NumMethod() int
Name() string
PkgPath() string
Size() uintptr
String() string
Kind() Kind
Implements(u Type) bool
AssignableTo(u Type) bool
ConvertibleTo(u Type) bool
Comparable() bool
Bits() int
ChanDir() ChanDir
IsVariadic() bool
Elem() Type
Field(i int) StructField
Fields() iter.Seq[StructField]
FieldByIndex(index []int) StructField
FieldByName(name string) (StructField, bool)
FieldByNameFunc(match func(string) bool) (StructField, bool)
In(i int) Type
Ins() iter.Seq[Type]
Key() Type
Len() int
NumField() int
NumIn() int
NumOut() int
Out(i int) Type
Outs() iter.Seq[Type]
OverflowComplex(x complex128) bool
OverflowFloat(x float64) bool
OverflowInt(x int64) bool
OverflowUint(x uint64) bool
CanSeq() bool
CanSeq2() bool
common() *abi.Type
uncommon() *uncommonType
}
type Value struct {
flag
}
type ValueError struct {
Method string
Kind Kind
}
type flag uintptr
type makeFuncCtxt struct {

}
type structType struct {
abi.StructType
}
`,
  'container/list': `package list
func (e *Element) Next() *Element
func (e *Element) Prev() *Element
func (l *List) Back() *Element
func (l *List) Front() *Element
func (l *List) Init() *List
func (l *List) InsertAfter(v any, mark *Element) *Element
func (l *List) InsertBefore(v any, mark *Element) *Element
func (l *List) Len() int
func (l *List) MoveAfter(e, mark *Element)
func (l *List) MoveBefore(e, mark *Element)
func (l *List) MoveToBack(e *Element)
func (l *List) MoveToFront(e *Element)
func (l *List) PushBack(v any) *Element
func (l *List) PushBackList(other *List)
func (l *List) PushFront(v any) *Element
func (l *List) PushFrontList(other *List)
func (l *List) Remove(e *Element) any
func New() *List
type Element struct {
Value any
}
type List struct {

}
`,
  'container/heap': `package heap
import "sort"
func Fix(h Interface, i int)
func Init(h Interface)
func Pop(h Interface) any
func Push(h Interface, x any)
func Remove(h Interface, i int) any
type Interface interface {
sort.Interface
Push(x any)
Pop() any
}
`,
  'path/filepath': `package filepath
import "errors"
import "io/fs"
import "os"
const (
Separator = os.PathSeparator
ListSeparator = os.PathListSeparator
)
func Abs(path string) (string, error)
func Base(path string) string
func Clean(path string) string
func Dir(path string) string
func EvalSymlinks(path string) (string, error)
func Ext(path string) string
func FromSlash(path string) string
func Glob(pattern string) (matches []string, err error)
func HasPrefix(p, prefix string) bool
func IsAbs(path string) bool
func IsLocal(path string) bool
func Join(elem ...string) string
func Localize(path string) (string, error)
func Match(pattern, name string) (matched bool, err error)
func Rel(basePath, targPath string) (string, error)
func Split(path string) (dir, file string)
func SplitList(path string) []string
func ToSlash(path string) string
func VolumeName(path string) string
func Walk(root string, fn WalkFunc) error
func WalkDir(root string, fn fs.WalkDirFunc) error
type WalkFunc func(path string, info fs.FileInfo, err error) error
var ErrBadPattern = errors.New("syntax error in pattern")
var SkipAll error = fs.SkipAll
var SkipDir error = fs.SkipDir
`,
};

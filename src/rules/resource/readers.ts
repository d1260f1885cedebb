/** Functions that read from what they are given and neither keep nor close it. Facts from pkg.go.dev. */

/** They read to the end: an HTTP connection is free again when its body has been read to the end. */
export const drains: ReadonlySet<string> = new Set(['io.ReadAll', 'io.Copy', 'io.CopyBuffer', 'io/ioutil.ReadAll']);

/** They have read from it when they return. */
export const consumers: ReadonlySet<string> = new Set([
  'io.ReadFull',
  'io.ReadAtLeast',
  'io.CopyN',
  'net/http/httputil.DumpResponse',
  'encoding/xml.Unmarshal',
  'encoding/json.Unmarshal',
  'golang.org/x/net/html.Parse',
  'fmt.Print',
  'fmt.Printf',
  'fmt.Println',
  'fmt.Fprint',
  'fmt.Fprintf',
  'fmt.Fprintln',
  'fmt.Errorf',
  'fmt.Sprint',
  'fmt.Sprintf',
  'fmt.Sprintln',
  'fmt.Fscan',
  'fmt.Fscanf',
  'fmt.Fscanln',
  'log.Print',
  'log.Printf',
  'log.Println',
  // They wait for the informers, and leave when the channel is closed.
  'k8s.io/client-go/tools/cache.WaitForCacheSync',
  'k8s.io/client-go/tools/cache.WaitForNamedCacheSync',
  'k8s.io/client-go/informers.SharedInformerFactory.WaitForCacheSync',
  'k8s.io/client-go/dynamic/dynamicinformer.DynamicSharedInformerFactory.WaitForCacheSync',
]);

/** Their result reads from it: what becomes of the result decides. */
export const wrappers: ReadonlySet<string> = new Set([
  'io.LimitReader',
  'net/http.MaxBytesReader',
  'io.TeeReader',
  'io.MultiReader',
  'bufio.NewReader',
  'bufio.NewReaderSize',
  'bufio.NewScanner',
  'encoding/json.NewDecoder',
  'encoding/xml.NewDecoder',
  'encoding/gob.NewDecoder',
  'encoding/csv.NewReader',
  'compress/gzip.NewReader',
]);

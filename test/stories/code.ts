/** Go code that the stories share. */

/** Leaks: nobody receives once `ctx` is done. The verified fix buffers the channel. */
export const fetching = `package shop

import "context"

func Fetch(ctx context.Context, url string) (string, error) {
	result := make(chan string)
	go func() {
		result <- load(url)
	}()
	select {
	case page := <-result:
		return page, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func load(url string) string { return url }
`;

/** The same without the leak. */
export const fetched = fetching.replace('make(chan string)', 'make(chan string, 1)');

/** What the package was before. */
export const before = {
  'shop.go': 'package shop\n\nfunc load(url string) string { return url }\n',
};

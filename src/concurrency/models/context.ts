/** Functions of package context that are made of others: https://pkg.go.dev/context */
export const contextSource = `package context

import "context"

func AfterFunc(ctx context.Context, f func()) func() bool {
	over := false
	stopped := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			if !over {
				over = true
				f()
			}
		case <-stopped:
		}
	}()
	return func() bool {
		if over {
			return false
		}
		over = true
		close(stopped)
		return true
	}
}
`;

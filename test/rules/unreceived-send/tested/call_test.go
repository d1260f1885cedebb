package tested

import (
	"context"
	"testing"
)

func TestAbandon(t *testing.T) {
	v, err := Abandon(func() int { return 1 })(context.Background())
	if err != nil || v != 1 {
		t.Fatal(v, err)
	}
}

func TestFirst(t *testing.T) {
	p := &Pool{busy: false}
	if _, err := p.first(context.Background(), func() int { return 1 }); err != nil {
		t.Fatal(err)
	}
}

package websockets

import (
	"context"
	"net/http"

	coder "github.com/coder/websocket"
	"github.com/gorilla/websocket"
	old "nhooyr.io/websocket"
)

func upgraded(w http.ResponseWriter, r *http.Request) {
	conn, err := new(websocket.Upgrader).Upgrade(w, r, nil) // want "The block ends after line 17 without `conn.Close\(\)`, so the connection stays open, with the peer that waits at its other end"
	if err != nil {
		return
	}
	_ = conn.WriteMessage(1, []byte("hello"))
}

func dialled(ctx context.Context, url string) ([]byte, error) {
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, url, nil) // want "The return on line 26 is reached without `conn.Close\(\)`"
	if err != nil {
		return nil, err
	}
	_, data, err := conn.ReadMessage()
	return data, err
}

func accepted(w http.ResponseWriter, r *http.Request) error {
	conn, err := coder.Accept(w, r, nil) // want "The return on line 34 is reached without `conn.CloseNow\(\)`"
	if err != nil {
		return err
	}
	return conn.Ping(r.Context())
}

func watched(ctx context.Context, url string) error {
	conn, _, err := old.Dial(ctx, url, nil) // want "The return on line 42 is reached without `conn.CloseNow\(\)`, so the goroutine that watches its deadlines stays"
	if err != nil {
		return err
	}
	return conn.Ping(ctx)
}

// closed is quiet.
func closed(w http.ResponseWriter, r *http.Request) {
	conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	_ = conn.WriteMessage(1, []byte("hello"))
}

// said is quiet: it closes with a reason.
func said(w http.ResponseWriter, r *http.Request) error {
	conn, err := coder.Accept(w, r, nil)
	if err != nil {
		return err
	}
	defer conn.Close(1000, "")
	return conn.Ping(r.Context())
}

type hub struct{ conns map[*websocket.Conn]bool }

// registered is quiet: the hub closes.
func (h *hub) registered(w http.ResponseWriter, r *http.Request) {
	conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	h.conns[conn] = true
}

// hijacked is quiet: whoever has the connection below closes it.
func hijacked(w http.ResponseWriter, r *http.Request) error {
	conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
	if err != nil {
		return err
	}
	return conn.NetConn().Close()
}

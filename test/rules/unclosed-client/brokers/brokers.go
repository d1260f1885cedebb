// Package brokers has clients of message brokers and their subscriptions.
package brokers

import (
	"context"
	"errors"

	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kgo"
)

var errNone = errors.New("none")

func published(url string, data []byte) error {
	nc, err := nats.Connect(url) // want "The return on line 22 is reached without `nc.Close\(\)`, so the goroutines that read and flush its connection stay"
	if err != nil {
		return err
	}
	return nc.Publish("subject", data)
}

func waited(nc *nats.Conn, done <-chan struct{}, early bool) error {
	sub, err := nc.Subscribe("subject", func(*nats.Msg) {}) // want "The return on line 31 is reached without `sub.Unsubscribe\(\)`, so the goroutine that delivers its messages stays until the connection closes"
	if err != nil {
		return err
	}
	if early {
		return errNone
	}
	<-done
	return sub.Unsubscribe()
}

func firstMessage(ctx context.Context, client *redis.Client) (string, error) {
	pubsub := client.Subscribe(ctx, "channel") // want "The return on line 41 is reached without `pubsub.Close\(\)`, so its connection stays, and the goroutines that feed its channel"
	select {
	case message := <-pubsub.Channel():
		return message.Payload, nil
	case <-ctx.Done():
		pubsub.Close()
		return "", ctx.Err()
	}
}

func consumed(consumer sarama.Consumer) ([]byte, error) {
	partition, err := consumer.ConsumePartition("topic", 0, 0) // want "The return on line 54 is reached without `partition.Close\(\)`, so the goroutines that fetch for the partition stay"
	if err != nil {
		return nil, err
	}
	message := <-partition.Messages()
	return message.Value, nil
}

func produced(addresses []string, message *sarama.ProducerMessage) error {
	producer, err := sarama.NewSyncProducer(addresses, nil) // want "The return on line 63"
	if err != nil {
		return err
	}
	_, _, err = producer.SendMessage(message)
	return err
}

func polled(ctx context.Context) (kgo.Fetches, error) {
	client, err := kgo.NewClient() // want "The return on line 71 is reached without `client.Close\(\)`"
	if err != nil {
		return nil, err
	}
	return client.PollFetches(ctx), nil
}

func read(ctx context.Context, brokers []string) (kafka.Message, error) {
	reader := kafka.NewReader(kafka.ReaderConfig{Brokers: brokers}) // want "The return on line 76"
	return reader.ReadMessage(ctx)
}

// closed is quiet.
func closed(url string, data []byte) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Drain()
	return nc.Publish("subject", data)
}

// lasting is quiet: it is meant to last as long as its connection.
func lasting(nc *nats.Conn, handle nats.MsgHandler) error {
	_, err := nc.Subscribe("subject", handle)
	return err
}

// lastingNamed is quiet as well.
func lastingNamed(nc *nats.Conn, handle nats.MsgHandler) (string, error) {
	sub, err := nc.Subscribe("subject", handle)
	if err != nil {
		return "", err
	}
	return sub.Subject, nil
}

// ended is quiet: the connection closes with its subscriptions.
func ended(url string, early bool) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Close()
	sub, err := nc.QueueSubscribe("subject", "queue", func(*nats.Msg) {})
	if err != nil {
		return err
	}
	if early {
		return errNone
	}
	return sub.Unsubscribe()
}

// messages is quiet: the literal closes.
func messages(ctx context.Context, client redis.UniversalClient, handle func(string)) {
	pubsub := client.Subscribe(ctx, "channel")
	defer func() { _ = pubsub.Close() }()
	for message := range pubsub.Channel() {
		handle(message.Payload)
	}
}

// async is quiet: it is closed without a wait.
func async(addresses []string) error {
	producer, err := sarama.NewAsyncProducer(addresses, nil)
	if err != nil {
		return err
	}
	defer producer.AsyncClose()
	producer.Input() <- &sarama.ProducerMessage{}
	return nil
}

// stream has the options first, and keeps the connection only behind what it returns.
func stream(name string) (nats.JetStreamContext, error) {
	options := nats.GetDefaultOptions()
	options.Name = name
	conn, err := options.Connect() // want "without `conn.Close\(\)`, so the goroutines that read and flush its connection stay"
	if err != nil {
		return nil, err
	}
	js, err := conn.JetStream()
	if err != nil {
		return nil, err
	}
	return js, nil
}

// closedStream is quiet: who has the stream has the connection.
func closedStream(name string) (nats.JetStreamContext, error) {
	options := nats.GetDefaultOptions()
	options.Name = name
	conn, err := options.Connect()
	if err != nil {
		return nil, err
	}
	js, err := conn.JetStream()
	if err != nil {
		conn.Close()
		return nil, err
	}
	return js, nil
}

// bus keeps a connection in a field.
type bus struct {
	name string
	conn *nats.Conn
}

func (b *bus) check() error {
	if b.name == "" {
		return errNone
	}
	return nil
}

// newBus drops the bus, and the connection with it.
func newBus(url, name string) (*bus, error) {
	conn, err := nats.Connect(url) // want "without `conn.Close\(\)`"
	if err != nil {
		return nil, err
	}
	b := &bus{name: name, conn: conn}
	if err := b.check(); err != nil {
		return nil, err
	}
	return b, nil
}

// newClosedBus is quiet: it closes what the bus has.
func newClosedBus(url, name string) (*bus, error) {
	conn, err := nats.Connect(url)
	if err != nil {
		return nil, err
	}
	b := &bus{name: name, conn: conn}
	if err := b.check(); err != nil {
		b.conn.Close()
		return nil, err
	}
	return b, nil
}

// newRetriedBus is quiet: the bus is there after the round in which it gets its connection.
func newRetriedBus(urls []string) *bus {
	b := &bus{}
	for _, url := range urls {
		conn, err := nats.Connect(url)
		if err == nil {
			b.conn = conn
			break
		}
	}
	return b
}

// newOptionalBus is quiet: the bus is there after the block.
func newOptionalBus(url string) *bus {
	b := &bus{name: url}
	if url != "" {
		conn, err := nats.Connect(url)
		if err == nil {
			b.conn = conn
		}
	}
	if conn, err := nats.Connect(url); err == nil {
		b.conn = conn
	}
	return b
}

type streams struct {
	js nats.JetStreamContext
}

// open is quiet: the stream in the field needs the connection.
func (s *streams) open(url string) error {
	conn, err := nats.Connect(url)
	if err != nil {
		return err
	}
	s.js, err = conn.JetStream()
	return err
}

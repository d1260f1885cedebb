package feed

import (
	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go"
)

func published(url string, data []byte) error {
	nc, err := nats.Connect(url) // want unclosed-client:"The return on line 13 is reached without `nc.Close\(\)`"
	if err != nil {
		return err
	}
	return nc.Publish("subject", data)
}

func consumed(consumer sarama.Consumer) ([]byte, error) {
	partition, err := consumer.ConsumePartition("topic", 0, 0) // want unclosed-client:"The return on line 22 is reached without `partition.Close\(\)`"
	if err != nil {
		return nil, err
	}
	message := <-partition.Messages()
	return message.Value, nil
}

// closed is quiet.
func closed(url string, data []byte) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Close()
	return nc.Publish("subject", data)
}

func connect(url string) (*nats.Conn, error) {
	nc, err := nats.Connect(url)
	if err != nil {
		return nil, err
	}
	return nc, nil
}

func throughHelper(url string) error {
	nc, err := connect(url) // want unclosed-client:"The return on line 48 is reached without `nc.Close\(\)`"
	if err != nil {
		return err
	}
	return nc.Publish("subject", nil)
}

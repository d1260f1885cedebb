/**
 * What container/list promises (https://pkg.go.dev/container/list), as far as lengths go: a list has a front when it is not
 * empty. Which values it holds is not followed, so what is put into it is known outside.
 */
export const containerListSource = `package list

// These are not known.
func keep(value any)
func anything() any
func some() []any
func enough() bool

type Element struct {
	Value any
}

func element() *Element { return &Element{Value: anything()} }

func (e *Element) Next() *Element {
	if enough() {
		return nil
	}
	return element()
}

func (e *Element) Prev() *Element { return e.Next() }

type List struct {
	n int
}

func New() *List { return &List{} }

func (l *List) Init() *List {
	l.n = 0
	return l
}

func (l *List) Len() int { return l.n }

func (l *List) Front() *Element {
	if l.n == 0 {
		return nil
	}
	return element()
}

func (l *List) Back() *Element { return l.Front() }

func (l *List) push(value any) *Element {
	keep(value)
	l.n = 1 + len(some())
	return &Element{Value: value}
}

func (l *List) PushFront(value any) *Element { return l.push(value) }

func (l *List) PushBack(value any) *Element { return l.push(value) }

func (l *List) InsertBefore(value any, mark *Element) *Element { return l.push(value) }

func (l *List) InsertAfter(value any, mark *Element) *Element { return l.push(value) }

func (l *List) PushBackList(other *List) {
	if other.n > 0 {
		l.n = 1 + len(some())
	}
}

func (l *List) PushFrontList(other *List) { l.PushBackList(other) }

func (l *List) Remove(e *Element) any {
	l.n = len(some())
	return e.Value
}

func (l *List) MoveToFront(e *Element) {}

func (l *List) MoveToBack(e *Element) {}

func (l *List) MoveBefore(e, mark *Element) {}

func (l *List) MoveAfter(e, mark *Element) {}
`;

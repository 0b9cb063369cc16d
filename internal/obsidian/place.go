package obsidian

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// placed is a parser of blocks that notes where each block begins. goldmark
// counts the columns of a tab that it has split as if they were bytes, so that
// the positions it gives can lie behind the block.
type placed struct{ parser.BlockParser }

// Open hands over.
func (p placed) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, at := reader.Position()
	start := at.Start + max(0, pc.BlockOffset()-at.Padding)
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		places := placesOf(pc)
		*places = append(*places, place{node, start})
	}
	return node, state
}

// place is the offset in the source at which a node begins.
type place struct {
	node  ast.Node
	start int
}

var placesKey = parser.NewContextKey()

func placesOf(pc parser.Context) *[]place {
	places, _ := pc.Get(placesKey).(*[]place)
	if places == nil {
		places = &[]place{}
		pc.Set(placesKey, places)
	}
	return places
}

// placeTransformer sets the positions in the finished tree.
type placeTransformer struct{}

// Transform puts every noted block in its place.
func (placeTransformer) Transform(_ *ast.Document, _ text.Reader, pc parser.Context) {
	for _, p := range *placesOf(pc) {
		p.node.SetPos(p.start)
	}
}

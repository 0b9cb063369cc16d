package obsidian_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
)

func ExampleParse() {
	body := []byte("- [x] see [[Backup#^plan|the plan]] %% ask again %% ^done\n")
	doc, err := obsidian.Parse(body)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = ast.Walk(doc, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		switch node := node.(type) {
		case *obsidian.TaskMark:
			if entering {
				fmt.Println("task:", node.Mark)
			}
		case *obsidian.Wikilink:
			if entering {
				fmt.Println("link:", node.Target, node.Subpath, node.Shown)
			}
		case *obsidian.BlockID:
			if entering {
				fmt.Println("id:", node.ID)
			}
		}
		return ast.WalkContinue, nil
	})
	// Output:
	// task: x
	// link: Backup ^plan the plan
	// id: done
}

func ExampleRefusal() {
	_, err := obsidian.Parse([]byte("Hello\n\n" + strings.Repeat("> ", 100)))
	fmt.Println(err)
	fmt.Println(errors.Is(err, obsidian.ErrTooDeep))
	// Output:
	// line 3: lists or quotes are nested too deeply
	// true
}

func ExampleScanWikilink() {
	link, size := obsidian.ScanWikilink([]byte("![[plan.png|200]] below"))
	fmt.Println(link.Target, link.Shown, link.Embed, size)
	// Output: plan.png 200 true 17
}

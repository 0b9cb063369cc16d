package vault

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// Every exported function, type and method has an Example of its name, so that the documentation shows how it is used.
func TestEveryExportedNameHasAnExample(t *testing.T) {
	names, examples := map[string]bool{}, map[string]bool{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		isTest := strings.HasSuffix(entry.Name(), "_test.go")
		for _, decl := range file.Decls {
			if name := exampleName(decl); isTest && strings.HasPrefix(name, "Example") {
				examples[name] = true
			}
			for _, name := range exported(decl) {
				names["Example"+name] = names["Example"+name] || !isTest
			}
		}
	}
	for name, ours := range names {
		if ours && !examples[name] {
			t.Errorf("there is no %s", name)
		}
	}
}

// exampleName gives a function's name without the suffix of a further example.
func exampleName(decl ast.Decl) string {
	f, ok := decl.(*ast.FuncDecl)
	if !ok || f.Recv != nil {
		return ""
	}
	return f.Name.Name
}

// exported gives the names that a declaration adds to the package, a method as Type_Method.
func exported(decl ast.Decl) (names []string) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name := decl.Name.Name
		if decl.Recv != nil {
			receiver := decl.Recv.List[0].Type
			if star, ok := receiver.(*ast.StarExpr); ok {
				receiver = star.X
			}
			of, ok := receiver.(*ast.Ident)
			if !ok || !of.IsExported() {
				return nil
			}
			name = of.Name + "_" + name
		}
		if decl.Name.IsExported() {
			names = append(names, name)
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok && spec.Name.IsExported() {
				names = append(names, spec.Name.Name)
			}
		}
	}
	return names
}

// log.go LOG-URL VKEY [CHECKPOINT-FILE]
// Watches a log with the libraries of Go's own checksum database, golang.org/x/mod/sumdb: is its head signed by VKEY, do all tiles lead to the head, does the
// head extend the one in CHECKPOINT-FILE? The file then holds the new head. Exit code 0 if all holds. It shares nothing with the project.
package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "TIDAK SAH · DOES NOT HOLD:", err)
		os.Exit(1)
	}
}

func get(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return nil, errors.New(url + ": " + answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// head opens a C2SP checkpoint. tlog.ParseTree would not: it only knows the first line of Go's own log.
func head(checkpoint []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(checkpoint, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of " + verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, errors.New("the root is no hash")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

// tiles reads C2SP tlog-tiles, whose height is always 8 and not in the path.
type tiles struct{ url string }

func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		bytes, err := get(t.url + "/" + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "log.go LOG-URL VKEY [CHECKPOINT-FILE]")
		os.Exit(2)
	}
	verifier, err := note.NewVerifier(os.Args[2])
	must(err)
	checkpoint, err := get(os.Args[1] + "/checkpoint")
	must(err)
	now, err := head(checkpoint, verifier)
	must(err)

	// Every hash that this reader gives was proved to lead to the head.
	reader := tlog.TileHashReader(now, tiles{os.Args[1]})
	for from := int64(0); from < now.N; from += 256 {
		var leaves []int64
		for leaf := from; leaf < now.N && leaf < from+256; leaf++ {
			leaves = append(leaves, tlog.StoredHashIndex(0, leaf))
		}
		_, err := reader.ReadHashes(leaves)
		must(err)
	}
	fmt.Printf("%s: %d daun, semuanya menuju kepala yang ditandatangani · %d leaves, all lead to the signed head\n", verifier.Name(), now.N, now.N)

	if len(os.Args) > 3 {
		kept, err := os.ReadFile(os.Args[3])
		if err == nil {
			before, err := head(kept, verifier)
			must(err)
			if before.N > now.N {
				must(fmt.Errorf("the head of size %d is older than the one that was kept, of size %d", now.N, before.N))
			}
			if before.N > 0 {
				proof, err := tlog.ProveTree(now.N, before.N, reader)
				must(err)
				must(tlog.CheckTree(proof, now.N, now.Hash, before.N, before.Hash))
			}
			fmt.Printf("melanjutkan kepala berukuran %d · extends the head of size %d\n", before.N, before.N)
		} else if !errors.Is(err, fs.ErrNotExist) {
			must(err)
		}
		must(os.WriteFile(os.Args[3], checkpoint, 0o644))
	}
}

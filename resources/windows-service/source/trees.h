// Folders that go with all that is in them.
#ifndef TREES_H
#define TREES_H

#include "triad.h"

typedef struct {
  // Files and folders that went; of links to elsewhere only the links.
  uint64_t removed, links;
  // What stood in the way.
  wchar_t problem[PATH_CHARS];
} RemovedTree;

// Removes a file, or a folder with everything in it; 0 also where there is nothing. What a link leads to is left alone.
DWORD remove_tree(const wchar_t *path, RemovedTree *told);

#endif

// libFuzzer as a library (llvm-project, compiler-rt/lib/fuzzer/FuzzerInterface.h): the linker finds it where
// `-sanitize=fuzzer` is asked for.
#ifndef BASCULE_LIBFUZZER_H
#define BASCULE_LIBFUZZER_H
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(
    int *_Nonnull count, char *_Nonnull *_Nonnull *_Nonnull arguments,
    int (*_Nonnull tryOne)(const uint8_t *_Nullable bytes, size_t size));

#endif

#pragma once
#include <cstddef>
#include <string>

namespace gzip {
inline bool is_compressed(const char* /*data*/, std::size_t /*size*/) { return false; }
struct Decompressor {
    void decompress(std::string& /*out*/, const char* /*data*/, std::size_t /*size*/) {}
};
} // namespace gzip

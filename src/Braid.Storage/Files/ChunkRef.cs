using Braid.Primitives;

namespace Braid.Storage.Files;

/// <summary>One entry of a chunk list: a chunk, or a list below it, and the file's bytes that it stands for.</summary>
internal readonly record struct ChunkRef(Sha256Hash Hash, long Size);

using Braid.Storage.Files;
using Braid.Storage.Packs;
using Braid.Storage.Sweeping;
using Braid.Storage.Trees;

namespace Braid.Storage;

/// <summary>What holds and sweeps of a store work with.</summary>
internal sealed record StoreParts(
    PackStore Chunks,
    NodeStore Nodes,
    FileWriter Writer,
    TreeEditor Editor,
    TreeMerger Merger,
    SealGate Seals
);

using Braid.Data.Content;

namespace Braid.Data.EditLogs;

/// <summary>Gives edits from the first on, each time it is called.</summary>
internal delegate IAsyncEnumerable<FileEdit> EditSource(CancellationToken ct);

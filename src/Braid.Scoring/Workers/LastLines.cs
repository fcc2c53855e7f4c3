namespace Braid.Scoring.Workers;

/// <summary>Passes on what a worker writes to standard error, and keeps the end of it.</summary>
internal sealed class LastLines(TextWriter log)
{
    private const int kept = 20;
    private const int longestLine = 2000;

    private readonly Queue<string> lines = new();

    public string Text
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>Reads until the end.</summary>
    public async Task CopyAsync(TextReader source)
    {
        while (await source.ReadLineAsync() is { } line)
        {
            await log.WriteLineAsync(line);
            lock (lines)
            {
                lines.Enqueue(line.Length > longestLine ? line[..longestLine] : line);
                if (lines.Count > kept)
                {
                    lines.Dequeue();
                }
            }
        }
    }
}

namespace Braid.Agent.Protocol;

/// <summary>A file that an attempt left.</summary>
/// <param name="Path">Below the folder for its output, with '/' between the parts.</param>
public sealed record NodeOutput(string Node, string Epoch, AttemptName Attempt, string Path);

/// <param name="Next">The byte that is wanted next.</param>
public sealed record NodeEventsAnswer(long Next);

/// <summary>The file is kept.</summary>
/// <param name="Size">In bytes.</param>
public sealed record NodeFileAnswer(long Size);

namespace Braid.Compute.Processes;

/// <summary>A line that a process wrote, without its newline; carriage returns are kept.</summary>
public readonly record struct OutputLine(bool IsError, string Text);

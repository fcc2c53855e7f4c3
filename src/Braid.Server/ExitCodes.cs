namespace Braid.Server;

/// <summary>How the server ends.</summary>
internal static class ExitCodes
{
    /// <summary>Drained after SIGTERM or SIGINT.</summary>
    public const int Stopped = 0;

    /// <summary>It could not start; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>Another server holds the folder.</summary>
    public const int FolderTaken = 2;

    /// <summary>The options are wrong; every mistake is listed.</summary>
    public const int BadOptions = 64;
}

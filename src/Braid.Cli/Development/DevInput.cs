namespace Braid.Cli.Development;

/// <summary>An input of a spec, and the repo that stands for it on the server of the trial.</summary>
/// <param name="Name">What user code calls it: <c>/pfs/NAME</c>.</param>
/// <param name="Repo">Inputs that read the same branch share one.</param>
/// <param name="Source">What the spec says that it reads, for messages.</param>
internal sealed record DevInput(string Name, string Repo, string Source);

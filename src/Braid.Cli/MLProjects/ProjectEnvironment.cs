using Braid.Cli.CommandLine;

namespace Braid.Cli.MLProjects;

/// <summary>What a project wants to be run in.</summary>
/// <param name="Kind"><c>python_env</c>, <c>conda_env</c> or <c>docker_env</c>.</param>
/// <param name="What">The file that describes it, or the image.</param>
internal sealed record ProjectEnvironment(string Kind, string What)
{
    public const string Local = "local";

    /// <summary>Nothing is installed on somebody's behalf: only who says <c>local</c> gets the present environment instead.</summary>
    /// <param name="wanted">What the project wants; null when it says nothing.</param>
    /// <param name="manager">What <c>--env-manager</c> says.</param>
    /// <exception cref="Failure">It would have to be made.</exception>
    public static void RequirePresent(ProjectEnvironment? wanted, string? manager)
    {
        if (manager is not null and not Local)
        {
            throw new Failure(
                $"--env-manager {manager}: environments are not made here, only local; prepare one, then run in it"
            );
        }

        if (manager is null && wanted is not null)
        {
            throw new Failure(wanted.Advice);
        }
    }

    private string Advice =>
        Kind switch
        {
            "docker_env" => $"the project wants the image {What}, and containers are not started here: "
                + "run braid in such a container, or where its programs are installed, with --env-manager local",
            "conda_env" => $"the project wants a conda environment ({What}), which is not made here: "
                + $"conda env create -f {What}, activate it, then run again with --env-manager local",
            _ => $"the project wants a Python environment ({What}), which is not made here: "
                + "install what it lists, then run again with --env-manager local",
        };
}

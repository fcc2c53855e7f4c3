using Braid.Pipelines.Tools;

namespace Braid.Gateway.Pachyderm.Tests.Pipelines;

/// <summary>A test that needs a program of this machine, of the Debian package of the same name.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program)
    {
        if (!SandboxedTools.Has(program))
        {
            Skip = $"{program} is not installed (apt-get install {program})";
        }
    }
}

namespace Braid.System.Tests.Kills;

/// <summary>A kill -9 of something that the program of a pipeline needs: of the server alone, of the sandbox, or of itself.</summary>
internal static class ProgramKill
{
    public static async Task OneAsync(ServerProcess server, Random random, string program, params string[] options)
    {
        switch (random.Next(3))
        {
            case 0:
                await server.KillAloneAsync();
                await server.StartAgainAsync(options);
                break;
            case 1:
                ProcessTree.Signal(random, ProcessTree.Find(server.Id, "bwrap"), "KILL");
                break;
            default:
                ProcessTree.Signal(random, ProcessTree.Find(server.Id, program), "KILL");
                break;
        }
    }
}

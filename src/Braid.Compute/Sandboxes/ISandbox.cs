using System.Diagnostics;
using Braid.Compute.Processes;

namespace Braid.Compute.Sandboxes;

/// <summary>
/// A way to run a program in namespaces of its own. What it starts must end with the code of the program (128 + N after
/// signal N), and when the process it starts is killed, everything inside must die too.
/// </summary>
internal interface ISandbox
{
    string Name { get; }

    /// <summary>True when a program can run as any user.</summary>
    bool ChangesUser { get; }

    ProcessStartInfo Wrap(ProcessSpec spec);
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Braid.Compute.Executors;

namespace Braid.Compute.Processes.Replicas;

/// <summary>
/// How processes find each other by name: each member of a group has an address in <c>127.0.0.0/8</c> and a hosts file in which
/// all members are. Who joins later is appended to the files of those that run. Only the executor's owner calls it, one call at a time.
/// </summary>
internal sealed class LoopbackNames(string seed)
{
    private const string machineHosts = "/etc/hosts";

    /// <summary>Executors of one machine begin in different places, so that their replicas seldom share an address.</summary>
    private readonly byte network = (byte)(64 + (SHA256.HashData(Encoding.UTF8.GetBytes(seed))[0] % 128));

    private readonly List<Member> members = [];

    /// <summary>A member that starts again has the address that its peers know; forgotten with the last member of its group.</summary>
    private readonly Dictionary<(string Group, string Host), IPAddress> addresses = [];
    private int last;

    /// <param name="Names">Its whole name, and the first part of it: both find it, as in a cluster's namespace.</param>
    private sealed record Member(string Group, string Host, string Names, IPAddress Address, string HostsFile);

    /// <summary>Writes the replica's hosts file, and its name into those of its peers.</summary>
    public void Join(ReplicaSpec spec, string hostsFile)
    {
        var peers = members.Where(member => member.Group.Length > 0 && member.Group == spec.Network.Group).ToList();
        var text = new StringBuilder();
        foreach (var (host, address) in spec.Hosts)
        {
            text.Append(Line(address, host));
        }

        if (spec.Network != ReplicaNetwork.Machine && !spec.Hosts.ContainsKey(HostNames.Full(spec)))
        {
            var own = new Member(
                spec.Network.Group,
                HostNames.Full(spec),
                string.Join(' ', HostNames.All(spec)),
                Address(spec),
                hostsFile
            );
            peers.RemoveAll(peer => peer.Host == own.Host);
            peers.ForEach(peer => File.AppendAllText(peer.HostsFile, Line(own.Address, own.Names)));
            members.Add(own);
            text.Append(Line(own.Address, own.Names));
        }

        peers.ForEach(peer => text.Append(Line(peer.Address, peer.Names)));
        File.WriteAllText(hostsFile, text + (File.Exists(machineHosts) ? File.ReadAllText(machineHosts) : ""));
    }

    /// <summary>Its name stays in the files of its peers, where nothing listens at it any more.</summary>
    public void Leave(string hostsFile)
    {
        members.RemoveAll(member => member.HostsFile == hostsFile);
        foreach (
            var (group, host) in addresses
                .Keys.Where(key => !members.Exists(member => member.Group == key.Group))
                .ToList()
        )
        {
            addresses.Remove((group, host));
        }
    }

    private static string Line(IPAddress address, string names) => $"{address}\t{names}\n";

    private IPAddress Address(ReplicaSpec spec)
    {
        if (spec.Network.Group.Length == 0)
        {
            return IPAddress.Loopback;
        }

        var key = (spec.Network.Group, HostNames.Full(spec));
        return addresses.TryGetValue(key, out var known) ? known : addresses[key] = Next();
    }

    /// <summary>The next address that no replica has, <c>.0</c> and <c>.255</c> left out.</summary>
    private IPAddress Next()
    {
        IPAddress address;
        do
        {
            last = (last + 1) % (254 * 256);
            address = new([127, network, (byte)(last / 254), (byte)((last % 254) + 1)]);
        } while (addresses.ContainsValue(address));

        return address;
    }
}

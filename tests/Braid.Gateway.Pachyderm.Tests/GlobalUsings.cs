global using Braid.Primitives;
global using Google.Protobuf.WellKnownTypes;
global using Pfs = Braid.Protos.Pfs;
global using Pps = Braid.Protos.Pps;

using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>The faults that a deployment of any kind of call can have, by the names that theories give them.</summary>
internal static class UsualFaults
{
    /// <summary>Returns a fault; null where the name is that of one of its own kind of call.</summary>
    public static Fault? Find(string name) => name switch
    {
        "429" => Fault.RateLimited(),
        "503" => Fault.Status(503),
        "401" => Fault.Status(401),
        "404" => Fault.Status(404),
        "quota" => Fault.Quota,
        "reset" => Fault.Reset,
        "page" => Fault.Of(FaultKind.Html),
        "empty" => Fault.Of(FaultKind.Empty),
        "cut" => Fault.Of(FaultKind.TruncatedJson),
        "reset within" => Fault.ResetAfterHeaders,
        "error inside" => Fault.Of(FaultKind.ErrorObject),
        _ => null,
    };
}

using System.Text.Json.Serialization;

namespace RouterGen.FakeProviders;

/// <summary>Where in a stream a fault happens. Plain answers know no stages.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultStage>))]
public enum FaultStage
{
    /// <summary>After <see cref="Fault.After"/> deltas.</summary>
    Delta,

    /// <summary>Right after the headers, before any event.</summary>
    Headers,

    /// <summary>In the middle of the event that follows <see cref="Fault.After"/> deltas; its first half is sent.</summary>
    MidEvent,

    /// <summary>When everything but the terminator has been sent.</summary>
    Terminator,
}

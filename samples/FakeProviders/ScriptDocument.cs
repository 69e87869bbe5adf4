using System.Text.Json;
using System.Text.Json.Serialization;

namespace RouterGen.FakeProviders;

/// <summary>What is posted to <c>/_script/{provider}/{model}</c>: it replaces the deployment's whole script.</summary>
/// <param name="Reply">The answer when nothing is wrong; null for the usual one.</param>
/// <param name="Steps">What the coming calls meet, in order.</param>
public sealed record ScriptDocument(Reply? Reply = null, IReadOnlyList<ScriptStep>? Steps = null);

/// <summary>A fault and the number of calls that meet it.</summary>
/// <param name="Fault">What these calls meet.</param>
/// <param name="Times">How many calls; null for all that come after the counted steps.</param>
public sealed record ScriptStep(Fault Fault, int? Times = null);

/// <summary>What is read from <c>/_script/{provider}/{model}</c>.</summary>
/// <param name="Calls">Calls that arrived.</param>
/// <param name="Aborted">Calls whose client went away before its answer was complete.</param>
/// <param name="InFlight">Calls that are being answered now.</param>
public readonly record struct ScriptCounters(long Calls, long Aborted, int InFlight);

/// <summary>The JSON of scripts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ScriptDocument))]
[JsonSerializable(typeof(ScriptCounters))]
public sealed partial class ScriptJson : JsonSerializerContext;

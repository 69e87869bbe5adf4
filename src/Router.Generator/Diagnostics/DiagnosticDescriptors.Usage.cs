using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Diagnostics;

// What the build says about code that uses groups.
internal static partial class DiagnosticDescriptors
{
    private const string Usage = "RouterGen.Usage";

    public static readonly DiagnosticDescriptor UnsupportedFeature = Warning(
        DiagnosticIds.UnsupportedFeature, Usage,
        "A deployment of the group cannot do what the request asks",
        "This request to model group '{0}' has {1}, which {2} not take: {3}");

    public static readonly DiagnosticDescriptor TokenNotPassed = Warning(
        DiagnosticIds.TokenNotPassed, Usage,
        "The available CancellationToken is not passed",
        "Pass '{0}' to '{1}': without it the call goes on, and is billed, after its caller has given up");

    public static readonly DiagnosticDescriptor BlockingCall = Warning(
        DiagnosticIds.BlockingCall, Usage,
        "Blocking on an asynchronous call",
        "'{0}' blocks a thread until another one has the answer: use '{1}', which is synchronous down to the socket, or await the call");

    public static readonly DiagnosticDescriptor StreamNotRead = Warning(
        DiagnosticIds.StreamNotRead, Usage,
        "Stream is never enumerated",
        "The stream of '{0}' is never enumerated, so that nothing is ever sent: read it with 'await foreach'");

    public static readonly DiagnosticDescriptor UnusedGroup = Make(
        DiagnosticIds.UnusedGroup, Usage,
        "Model group is never used",
        "Model group '{0}' is never used: nothing reads '{1}.{2}', and no group falls back to it",
        DiagnosticSeverity.Info, WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor RouterPerCall = Warning(
        DiagnosticIds.RouterPerCall, Usage,
        "Router is created per call",
        "A '{0}' is made for each call, and forgets each time which deployments are cooling down, busy or out of quota: make it a singleton{1}");

    /// <summary>Those of this file, by ID.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> OfUsage =
        [UnsupportedFeature, TokenNotPassed, BlockingCall, StreamNotRead, UnusedGroup, RouterPerCall];
}

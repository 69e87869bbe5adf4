using RouterGen;
using RouterGen.Infrastructure;

namespace RoutingLab;

/// <summary>A model group as the generator would have written it.</summary>
internal sealed class LabGroup(RouterContext context, GroupDefinition definition) : ChatGroup(context, definition);

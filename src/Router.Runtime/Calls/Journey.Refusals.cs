namespace RouterGen;

// What policies of the user's have refused for a call.
internal sealed partial class Journey
{
    /// <summary>Whether the policy of a group has refused deployments in the last look.</summary>
    public bool HasRefusals
    {
        get
        {
            for (int i = 0; i < _legCount; i++)
            {
                if (!_legs[i].Refused.Deployments.IsEmpty) return true;
            }

            return false;
        }
    }

    /// <summary>What policies have refused in the last look, in words; null where nothing.</summary>
    public string? DescribeRefusals()
    {
        string[] refusals =
        [
            .. _legs.Take(_legCount).Where(static leg => !leg.Refused.Deployments.IsEmpty).Select(static leg =>
            {
                string names = string.Join(", ", leg.Group.Deployments.Where(deployment => leg.Refused.Deployments.Contains(deployment.Index)).Select(static deployment => deployment.Name));
                return leg.Refused.HasFailed
                    ? $"the selection policy of '{leg.Group.Name}' failed (see the log), so that none of its deployments is used: {names}"
                    : $"the selection policy of '{leg.Group.Name}' refused the call for {names}";
            }),
        ];
        return refusals.Length == 0 ? null : string.Join("; ", refusals);
    }
}

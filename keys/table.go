package keys

import "slices"

// All returns the record of every action, in the order of the key sheet.
func All() []Action {
	return slices.Concat([]Action{
		Palette, Help, Back, Earlier, Later, Refresh, Pause, NextPane, Tenants, OtherTenant, SignIn, SignOut, Messages, Explain, Bookmark, CopyPlace, CopySave, Unlock, Lock, Suspend, Quit, Interrupt,
		Up, Down, Left, Right, PageUp, PageDown, First, Last, Open, Copy, Export,
		Filter, Sort, Reverse, Mark, MarkAll, Unmark, Invert, Range, MarkUp, MarkDown, Columns, Inspect, Detail,
		Search, NextMatch, PrevMatch, Fold, FoldAll, CopyPath, FollowLink, JQ, Parents, NextSibling, PrevSibling,
		TreeSearch, TreeNext, TreePrev, TreeFold, TreeFoldAll, TreeDetail, TreeInspect,
		ZoomIn, ZoomOut, ChartNow, ChartReset, PanEarlier, PanLater, Series, ChartTable,
		NextTab, PrevTab,
		Undo, Jobs, SendRequest, SendAgain, Edit, New, Delete,
		DeviceAlarms, DeviceMeasurements, DeviceEvents, DeviceOperations, DeviceWhere, GroupDevices,
		AlarmAcknowledge, AlarmClear, AlarmActivate, AlarmDevice,
		EventDevice, EventDownload, EventUpload, OperationDevice,
		TransferPause, TransferCancel, TransferRetry, TransferName, TransferDismiss,
		JobPause, JobRetry, JobCancel,
		JournalScript,
		AlarmSeverity, OperationCancel, OperationRetry,
		OverviewAlarms, OverviewDevices, OverviewOperations, OverviewEvents, OverviewTree,
		EnterTenant, EnterDemo,
		MeasurementOnly, MeasurementLatest, MeasurementInspect, MeasurementDevice,
	}, equipment(), administration(), settings())
}

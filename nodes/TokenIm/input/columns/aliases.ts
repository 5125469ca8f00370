// What people and the usual exports call the fields: data, no code. Names are compared without case, spaces, "_", "-"
// and markers such as "[Required]" or "(必填)"; the contract's own names come before all of them.
//
// Sources of the exports' header rows: Google Workspace Admin console (Users > Download users), Moodle "Upload users",
// Okta "Import users from CSV" template, HubSpot contacts export, Salesforce Contact (reports and Data Loader),
// 企业微信 管理后台 通讯录 文件导出.

/**
 * Names of equal standing. Of a field's tiers the first one that the sheet has a column for is taken; two columns of
 * that tier are one too many.
 */
export type Tier = readonly string[];

const LOGIN: Tier = [
	'login',
	'login name',
	'login id',
	'user login',
	'user principal name',
	'登录名',
	'登录账号',
	'登录帐号',
];
/** Work before private, and the plain name before both. */
const EMAILS: readonly Tier[] = [
	['email', '邮箱', '电子邮箱', '电子邮件'],
	['email address', 'mail', 'primary email', '邮箱地址', '电子邮件地址', '邮件'],
	['work email', '企业邮箱', '工作邮箱'],
	['personal email', 'home email', '个人邮箱'],
];

/** A login in a sheet that also tells the person's name, else the name itself: `matching.ts` decides. */
export const LOGIN_OR_NAME: Tier = ['username', '用户名'];

/** Google Workspace names people by their first e-mail address: it stands before its Employee ID, which may be empty. */
const GOOGLE_LOGIN: Tier = ['email address [required]'];

/** Which tiers of `userId` are ids in their own right; the later ones stand in where there is none. */
export const TIERS_OF_IDS = 4;

export const USER_ALIASES: Readonly<Record<string, readonly Tier[]>> = {
	userId: [
		[
			'user no',
			'user number',
			'user code',
			'uid',
			'member id',
			'student id',
			'student no',
			'student number',
			'用户ID',
			'用户编号',
			'用户号',
			'用户标识',
			'账号',
			'帐号',
			'账户',
			'账号ID',
			'学号',
			'学生编号',
			'学籍号',
			'工号',
			'职工号',
			'教工号',
			'员工号',
			'员工编号',
			'会员号',
			'会员ID',
			'会员编号',
			'成员ID',
			'成员账号',
			'成员帐号',
		],
		// Those of a CRM, where Account is the company that a person works for.
		['record id', 'record id - contact', 'contact id', 'contact record id'],
		['account'],
		['id', '编号'],
		[...LOGIN, ...LOGIN_OR_NAME, ...GOOGLE_LOGIN],
		['employee id', 'employee number', 'employee no', 'staff id', 'id number'],
		...EMAILS,
	],
	username: [
		[
			'name',
			'full name',
			'real name',
			'姓名',
			'名字',
			'真实姓名',
			'学生姓名',
			'员工姓名',
			'成员姓名',
			'用户姓名',
			'中文名',
		],
		// The parts of a name stand here, and one of them alone behind the next (nameAliases.ts, nameRule.ts).
		[],
		['display name', 'screen name', '显示名', '显示名称', '用户名称', '用户名'],
		[],
		['nickname', 'nick', '昵称', '网名', '别名', 'alias', '英文名'],
	],
	avatarUrl: [['avatar', 'avatar link', 'profile picture url', '头像', '头像URL', '头像地址', '头像链接', '头像网址']],
	registeredAt: [
		[
			'registered',
			'registered on',
			'registration date',
			'registration time',
			'register time',
			'register date',
			'signup date',
			'date joined',
			'join date',
			'joined at',
			'注册时间',
			'注册日期',
			'加入时间',
			'加入日期',
		],
		// Not the dates on which a CRM made its record: they are another thing, and often written month first.
		['created at', '创建时间', '创建日期'],
	],
	email: EMAILS,
	phone: [
		[
			'mobile',
			'mobile phone',
			'mobile number',
			'mobile phone number',
			'mobile no',
			'cell',
			'cell phone',
			'cell phone number',
			'手机',
			'手机号',
			'手机号码',
			'移动电话',
			'手机电话',
		],
		[
			'phone number',
			'phone no',
			'telephone',
			'telephone number',
			'tel',
			'primary phone',
			'phone1',
			'电话',
			'电话号码',
			'联系电话',
			'联系方式',
		],
		['work phone', 'business phone', 'office phone', '办公电话', '座机', '固定电话'],
		['home phone', '家庭电话', 'other phone', 'phone2'],
		['recovery phone'],
	],
	// Of services that have one.
	password: [['pass', 'pwd', 'initial password', '密码', '口令', '初始密码', '登录密码']],
	'attributes.class': [['class'], ['班级', '班级名称', '所在班级']],
};

export const GROUP_ALIASES: Readonly<Record<string, readonly Tier[]>> = {
	groupId: [
		[
			'group no',
			'group number',
			'gid',
			'class id',
			'room id',
			'群ID',
			'群号',
			'群组ID',
			'群编号',
			'群组编号',
			'群聊ID',
			'班级ID',
			'班级编号',
			'班号',
		],
		['id', '编号'],
	],
	name: [
		['group name', '群名称', '群名', '群组名称', '群聊名称'],
		['class name', 'class', '班级', '班级名称', '名称'],
	],
	ownerId: [
		['owner', 'owner user id', 'group owner', '群主', '群主ID', '群主账号', '群主帐号', '所有者', '所有者ID'],
		['班主任ID', '班主任工号', '班主任账号', '班主任帐号'],
	],
	memberIds: [
		[
			'members',
			'member',
			'member id',
			'member list',
			'user ids',
			'users',
			'成员',
			'群成员',
			'成员ID',
			'群成员ID',
			'成员列表',
			'成员账号',
			'成员帐号',
			'成员学号',
		],
		['学生', '学号', '学生学号'],
	],
	description: [['group description', 'introduction', 'intro', '描述', '简介', '群简介', '群描述', '群介绍', '备注']],
	avatarUrl: [['avatar', 'group avatar', 'avatar link', '头像', '群头像', '头像URL', '头像地址', '头像链接']],
};

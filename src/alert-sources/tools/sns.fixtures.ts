/**
 * Messages as SNS posts them, signed for the tests by a key of which only this self-made certificate is left. Nothing of it
 * is Amazon's.
 */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIICsjCCAZoCAQEwDQYJKoZIhvcNAQELBQAwHjEcMBoGA1UEAwwTc25zLmZpeHR1
cmUuaW52YWxpZDAgFw0yNjAxMDEwMDAwMDBaGA8yMDc2MDEwMTAwMDAwMFowHjEc
MBoGA1UEAwwTc25zLmZpeHR1cmUuaW52YWxpZDCCASIwDQYJKoZIhvcNAQEBBQAD
ggEPADCCAQoCggEBAO5cC0T10RpTFTT4ikHoMMDpDtKQHNJQgnW/vXeQPQ4X9O/A
gLf1HYj4wXGgoVryKrINLeLgwYrQCdjtyk06Z+uxUa34mT4jXRwD5N1bezdCfMIB
UqQ9Nz9qYD4iKwULgwkV+i3Lb4v2n7r6wG5xE1c9KHWOXd1kaLYSPDi2MjEJim2I
cRE18KR8KmQGYLXo/LRIE3S1UnglF5pedRqqFuNieil1bs1oZ/s9WQsMoLDsX/8Z
qFFjte2LiccaVTMvV8Ul3ZvuoGXVKXXG4tbv7Fko1K4Q1VvegaZPlyfqTK/IRTvu
TP5QjO0xLiqCPyisc5zuLpAeAU/qTYHu77p2ExkCAwEAATANBgkqhkiG9w0BAQsF
AAOCAQEARAUNiwrl4CEqhKYFNVE5heMz2/JyGuhgih8CYNSJSQpuH6clCHuxAGTC
yF4kq3KcpE+qDdtv/GK6vBHlYFNNdUo4KYhkmQkv7NibtctAygnKveTj71QIvxMh
j3f5i99dckvqYelYBjks8+jZcYtxl+5oWZXPk0eFuxEbcsjjkTe6mbCB48DhKFWZ
a5EUukLwiGckCF9QZcywsO7QDlQNll8jF+oEADjWiWMGzb9NB948jxCgttyhgx9L
RoZ7ITQ1SlOq3lldvwMjIahmfpgmJ+m1fIvDFSM4p97oE42+fc1MJp6wIBI3y15P
t4CYxF3zkOjtbq0yJY69aKcoscnitQ==
-----END CERTIFICATE-----`

export const CERTIFICATE_URL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-fixture.pem'

/** Signature version 1, SHA-1. White space at the edges of a text is signed too. */
export const SIGNED_NOTIFICATION = {
  Type: 'Notification',
  MessageId: '00000000-0000-4000-8000-000000000001',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
  Subject: ' Disk full ',
  Message: 'The disk of db-1 is full – 100 %.\n',
  Timestamp: '2026-01-05T10:00:00.000Z',
  SignatureVersion: '1',
  Signature:
    '1pcukTBas7s/AEhzgqHjzNdgMsY6e74bltQ93EMax+S2xdkt5r/VWogbh+6xDrglwdEtzrblmCmDlqn2qldjZFcrAzpOVc7F5N/Yoxb8GzW2yFJstTs6TC80CRf66kIGbooj3HiWJapOjn8oCm/atdToOA2ctBy+EL/6qplj/0/BDFNFlcA9GQ8mWtU7gQiCYTOqM8uZqV/+wgB474pIWNcbPwUyHwHW/lWEQGmm2p3TNQUCjt94ykCucToWVYfwK3uTef78N91MjlywMvuD4j037GGYk7voqwKuLo6KFWw9qr3CaEZJOnn7imBKdAnvdyL36cNp3EliIIbbvji+DA==',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-fixture.pem',
}

/** Signature version 2, SHA-256. */
export const SIGNED_WITHOUT_SUBJECT = {
  Type: 'Notification',
  MessageId: '00000000-0000-4000-8000-000000000002',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
  Message: 'The disk of db-2 is full.',
  Timestamp: '2026-01-05T10:00:00.000Z',
  SignatureVersion: '2',
  Signature:
    'VkuS13fBCPruBVr3g8+oqqoxbmoxLfwn/ypSC2dZfBbfbdmpXY9TbwJeJ9JFgy+RWoUfsFcOUV+NdKX4fd9Q2qblLd8tnBxrjhbZw7F1tt1qgIzNjn24vV7DZ59Y7M2ncOLga5I73eW7Lk1sXJ8JjNYMVqr1Gft+s7KniU9Iz6uj/OrYStW1NdIeSIiQzY/Ras8EuYKI8PU947hNzTk53fJPszsn0g9/DFuNL00xEc6Ll98uVOGDndtghBOCRBL8PHL0uvo8g154lwnx0cCM3ffVWj4hJbPyMXsrU4hjYdkLgmlt4NNp5gedGJHTlK9s0zX6A+/ry1U0CuQRQ6ycVA==',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-fixture.pem',
}

/** Signature version 2. */
export const SIGNED_CONFIRMATION = {
  Type: 'SubscriptionConfirmation',
  MessageId: '00000000-0000-4000-8000-000000000003',
  Token: 'a-token',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
  Message: 'You have chosen to subscribe.',
  SubscribeURL:
    'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:123456789012:alarms&Token=a-token',
  Timestamp: '2026-01-05T10:00:00.000Z',
  SignatureVersion: '2',
  Signature:
    'wuD766T50xhUjmZTuDg0zzu/sDmUiTqXC1liye92VDQMhoKfgf9wrQ/BDWA9FPvny2eraSuaUaT9GfwLLv3GJHQm/uZNXHGRrBuk4lUuWZEPTC3Czs1UHFK+Ddj+GJbOnVqk9mYmlY2Y0XIqqdF2XF1HhhC+gTB9eXnP90eJ84kQEhNKvSKOXZwEfMzLFmOyO5+4cXyp4oFZ9KOCRpTSa5+NHycdbbvMDnBNpoDdwGv2EpcPvTQCdnlqRlJiTkpC2Mn6jc0J+z7HAcqvAOTARIb8DWZocFaDIeGsNBU1IYKHDSP4RRuyXoA2DJMP5+4DMYW8bAM4OF/ADmEPPRgwIg==',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-fixture.pem',
}
